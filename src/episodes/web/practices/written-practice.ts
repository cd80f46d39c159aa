/** A practice as the screen edits it: what is in use, and the version of whoever reads. */
export interface WrittenPractice<Content> {
  readonly content: Content
  readonly version: number
}
