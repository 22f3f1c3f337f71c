/** What files that are dropped or chosen call themselves, and where those that came to the wrong place belong. */

/** Whether a file calls itself a calendar. */
export function isIcs(file: File): boolean {
  return /\.(ics|ical|ifb|vcs)$/i.test(file.name) || file.type === 'text/calendar';
}

/** Whether a file calls itself an e-mail. */
export function isMail(file: File): boolean {
  return /\.eml$/i.test(file.name) || file.type === 'message/rfc822';
}

/** Said wherever an e-mail comes that is not the page of a record. */
export const MAIL_BELONGS = 'Drop it on the page of the person, company or deal it is about: it is logged there.';
