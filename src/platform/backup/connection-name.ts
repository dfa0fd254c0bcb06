/** Under this name a server lists a connection that copies it. It keeps what it was sent, but is no replica that could take over. The same as in deploy/compose/database/show-replicas.sql. */
export const backupConnectionName = 'safelight backup';
