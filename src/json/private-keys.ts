/**
 * serde_json passes two kinds of value through its data model as an object whose first key is reserved.
 * Nothing stops a document from spelling such an object itself. Where it reads into a `Value`, serde_json takes
 * it for that value; where it reads into a type of its own, these are keys like any other.
 */

/** How both keys begin. */
export const PRIVATE_PREFIX = '$serde_json::private::';

/** First key of an object that stands for the number its string value spells. */
export const PRIVATE_NUMBER = `${PRIVATE_PREFIX}Number`;

/** First key of an object that stands for the JSON value its string value holds. */
export const PRIVATE_RAW_VALUE = `${PRIVATE_PREFIX}RawValue`;
