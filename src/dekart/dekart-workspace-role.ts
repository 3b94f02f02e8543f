/**
 * What a new user may do in the workspace.
 */
export enum DekartWorkspaceRole {
  /** See maps. */
  VIEWER = 'viewer',

  /** See and make maps. */
  EDITOR = 'editor',

  /** All of it, and manage users. */
  ADMIN = 'admin',
}
