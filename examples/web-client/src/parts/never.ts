/**
 * Draws nothing for a type that this client does not know.
 *
 * In a switch over all types of a union this line can never be reached, and TypeScript proves it: once the API's
 * document names one more, the build fails here. A client built before that draws nothing in its place.
 */
export const nothingFor = (_value: never): null => null;
