/** What supervisors do: in calls, by notes to the desks, by links for big screens. */
package cti.server.db.supervision;
