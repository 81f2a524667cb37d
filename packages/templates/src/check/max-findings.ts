/** More than anybody mends at once. */
export const MAX_FINDINGS = 50
