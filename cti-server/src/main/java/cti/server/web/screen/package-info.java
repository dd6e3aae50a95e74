/** Big screens: links that show what was chosen for them, and the stream behind such a link. */
package cti.server.web.screen;
