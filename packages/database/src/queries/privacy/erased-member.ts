/** One contact on its way out, and what stands for it from now on. */
export interface ErasedMember {
  id: string
  externalId: string
  stub: string
}
