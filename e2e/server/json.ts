/** A JSON object as it goes over the wire. */
export type JsonObject = Readonly<Record<string, unknown>>;
