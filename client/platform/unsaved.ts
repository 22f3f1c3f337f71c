/** Whether something typed on this page is not stored anywhere yet: text in a form, a dialog or an open inline field. */
export function hasUnsavedTyping(root: ParentNode = document): boolean {
  const fields = root.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(
    ':is(form, [role="dialog"], .is-editing) :is(input, textarea)',
  );
  return [...fields].some(
    (field) =>
      !/^(checkbox|radio|button|submit|reset|range|file|hidden|search)$/.test(field.type) &&
      !field.readOnly &&
      field.value.trim() !== '',
  );
}
