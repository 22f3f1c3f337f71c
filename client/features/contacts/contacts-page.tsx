/** All contacts as a table. */
import Users from 'lucide-solid/icons/users';
import type { JSX } from 'solid-js';
import type { Contact } from '../../../shared/entities/contact.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { inTouchColumn, inTouchFilter, lastContactColumn, nextStepColumn } from '../../fields/contact-columns.tsx';
import { createOpenSums, openValueColumn } from '../../fields/open-value.tsx';
import { RecordListPage } from '../../fields/record-list-page.tsx';
import { SumsText } from '../../fields/sums-text.tsx';
import { NewContact } from './new-contact.tsx';

export function ContactsPage(): JSX.Element {
  const workspace = useWorkspace();
  const derivedFilters = [inTouchFilter(workspace)];
  const openSums = createOpenSums((deal) => deal.contacts.map((each) => each.contact));
  return (
    <RecordListPage
      entity="contact"
      icon={Users}
      columns={['company', 'jobTitle', 'emails', 'lifecycle', 'owner', 'lastContact', 'comesNext', 'openValue', 'tags']}
      derived={[
        openValueColumn(openSums, 112),
        lastContactColumn(workspace),
        nextStepColumn(workspace),
        inTouchColumn(workspace),
      ]}
      nameFields={['prefix', 'firstName', 'middleName', 'lastName', 'suffix']}
      filters={['owner', 'lifecycle', 'tags', 'source']}
      derivedFilters={derivedFilters}
      mobileLine={(id) => <MobileLine contact={workspace.collection('contact').byId(id)} />}
      mobileEnd={(id) => <SumsText sums={openSums().get(id)} />}
      searched="Names, companies, emails, phones, titles and tags were searched."
      whenNone="Import your people from a file, or add the first one."
      newRecord={(open, setOpen) => <NewContact open={open()} onOpenChange={setOpen} />}
    />
  );
}

/** Title and company; the e-mail address when neither is known. */
function MobileLine(props: { readonly contact: Contact | undefined }): JSX.Element {
  const workspace = useWorkspace();
  const text = () => {
    const company = workspace.collection('company').byId(props.contact?.company)?.name;
    const parts = [props.contact?.jobTitle, company].filter(Boolean);
    return parts.length > 0 ? parts.join(', ') : (props.contact?.emails[0]?.value ?? '');
  };
  return <>{text()}</>;
}
