/** An item that the format does not allow, with the reason. It never leaves the normalization. */
export class UnsupportedItem extends Error {}
