/**
 * Whether something on this page is not stored anywhere yet: text in a form, a dialog or an open inline field, or work
 * that its page marks with `data-unsaved`, such as files that are being matched for an import.
 */
export function hasUnsavedWork(root: ParentNode = document): boolean {
  if (root.querySelector('[data-unsaved]') !== null) return true;
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
