/** Returns the id of the control of a field, or of the group of its controls. */
export const controlId = (place: string, fieldId: string): string => `${place}-${fieldId}`;
