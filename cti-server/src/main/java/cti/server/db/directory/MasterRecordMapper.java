package cti.server.db.directory;

import cti.server.db.agents.AgentMapper;

/** Statements of {@link MasterRecordStore}. */
interface MasterRecordMapper extends DirectoryChangeMapper, AgentMapper {}
