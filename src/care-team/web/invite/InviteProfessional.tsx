import '../circle.css'
import { Drawer } from '@mantine/core'
import { IconLink, IconMail } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { type DirectoryHit, hitDetail } from '../../../directory/contract/hit.ts'
import { directoryCard, searchDirectory } from '../../../directory/contract/queries.ts'
import type { PersonTarget } from '../../../persons/contract/person.ts'
import { newId, type PartyId, type PersonId } from '../../../platform/contract/ids.ts'
import { callQuery } from '../../../platform/web/api/client.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { Token } from '../../../platform/web/display/StatusPill.tsx'
import { ComboField } from '../../../platform/web/form/ComboField.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { SegmentedChoice } from '../../../platform/web/form/SegmentedChoice.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { TextField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { useCombo } from '../../../platform/web/form/use-combo.ts'
import { formatInstant } from '../../../platform/web/text/dates.ts'
import { typo } from '../../../platform/web/text/typography.ts'
import { type CircleInvitationId, inviteToCircle, isMssante } from '../../contract/invitations.ts'
import type { CircleData } from '../../contract/queries.ts'
import { AccessChoice, type AccessValues, noAccess, wishOf } from '../member/AccessChoice.tsx'
import { silenceTowards } from '../member/member-words.ts'
import { mayJoinTeam, whyClosed } from '../member/opening.ts'
import { roleProposedFor } from '../member/role-proposals.ts'
import { useRoleOptions } from '../member/use-role-options.ts'
import { circleLinkAddress, newSecret } from './invitation-link.ts'

interface Values extends AccessValues {
  readonly id: string
  readonly secret: string
  readonly partyId: string
  readonly card: string
  readonly givenName: string
  readonly familyName: string
  readonly role: string
  readonly way: 'mail' | 'link'
  readonly address: string
}

const professionals = async (text: string, signal: AbortSignal): Promise<readonly DirectoryHit[]> =>
  (await callQuery(searchDirectory, { text, limit: 7 }, signal)).rows.filter(({ kind }) => kind === 'professional')

/** « Dr Anne-Laure FRITSCH » → what the card says of her names: the family name is the last word, or those in capitals. */
function namesOf(label: string): { readonly givenName: string; readonly familyName: string } {
  const words = label.replace(/^(Dr|Pr|M\.|Mme)\s+/i, '').split(/\s+/)
  const capitals = words.filter((word) => word.length > 1 && word === word.toUpperCase())
  const family = capitals.length > 0 && capitals.length < words.length ? capitals : words.slice(-1)
  return { givenName: words.filter((word) => !family.includes(word)).join(' '), familyName: family.join(' ') }
}

/** A professional who is not in Jalon yet: who she is, as what, what opens to her, and how the link reaches her. */
export function InviteProfessional(props: {
  readonly personId: PersonId
  readonly circle: CircleData
  readonly target: PersonTarget | null
  readonly onClose: () => void
}): ReactNode {
  const { personId, circle, target, onClose } = props
  const [made, setMade] = useState<{ readonly address: string; readonly until: string; readonly mail: string | null; readonly name: string } | null>(null)
  const [copied, setCopied] = useState(false)
  const form = useActionForm<typeof inviteToCircle, Values>(inviteToCircle, {
    target,
    initialValues: () => ({
      ...noAccess(),
      basis: 'care_team',
      id: newId<CircleInvitationId>(),
      secret: newSecret(),
      partyId: '',
      card: '',
      givenName: '',
      familyName: '',
      role: '',
      way: 'mail',
      address: '',
    }),
    toInput: (values) => ({
      id: values.id as CircleInvitationId,
      personId,
      partyId: values.partyId || null,
      givenName: values.givenName,
      familyName: values.familyName,
      role: values.role,
      way: values.way,
      address: values.way === 'mail' ? values.address : null,
      access: wishOf(access) as never,
      secret: values.secret,
    }),
    fieldOf: (path) => path.replace(/^access\./, ''),
    onDone: (output, values) =>
      setMade({
        address: circleLinkAddress({ id: values.id as CircleInvitationId, secret: values.secret }),
        until: output.expiresAt,
        mail: values.way === 'mail' ? values.address : null,
        name: `${values.givenName} ${values.familyName}`,
      }),
  })
  const { values } = form
  const roles = useRoleOptions('directory', [])
  const held = values.role === '' ? [] : [values.role]
  const access: AccessValues = values.basis === 'care_team' && values.role !== '' && !mayJoinTeam(held) ? { ...values, basis: 'consent' } : values
  const silence = silenceTowards({ partyId: values.partyId || null, name: `${values.givenName} ${values.familyName}` }, circle.silences)
  const closed = whyClosed({ kind: 'professional', partyId: values.partyId || 'by-name' }, circle.sharing, silence)
  const combo = useCombo<DirectoryHit>({
    search: professionals,
    keyOf: (hit) => hit.partyId,
    onPick: (hit) => {
      form.setAll({ ...namesOf(hit.label), card: hit.label, partyId: hit.partyId, role: roleProposedFor(hit) || values.role })
      void callQuery(directoryCard, { partyId: hit.partyId as PartyId, near: null }).then(
        (card) => {
          const [mailbox] = card.mailboxes
          if (mailbox !== undefined) form.setAll({ address: mailbox })
        },
        () => undefined,
      )
    },
  })
  return (
    <Drawer opened onClose={onClose} position="right" size={560} title="Inviter un professionnel" className="circle-drawer">
      {made === null ? (
        <Form form={form}>
          <p className="small" style={{ gridColumn: 'span 12' }}>
            {typo(
              'Pour qui n’utilise pas encore Jalon. Le lien sert une fois, quelques jours, et ne dit rien de la personne : il ne s’ouvre que par Pro Santé Connect, avec la carte de la personne invitée.',
            )}
          </p>
          <ComboField
            combo={combo}
            value={values.card}
            onChange={(card) => form.setAll({ card, partyId: '' })}
            label="Dans l’annuaire"
            optional
            help={values.partyId === '' ? typo('Choisi dans l’annuaire, il est reconnu à son numéro RPPS. Sinon, à son nom et à son prénom.') : undefined}
            span={12}
            autoFocus
            inside={values.partyId === '' ? undefined : <Token ok>reconnu à son RPPS</Token>}
            option={(hit) => (
              <>
                <b>{hit.label}</b> <span className="small mut">{hitDetail(hit)}</span>
              </>
            )}
          />
          <TextField {...form.field('givenName')} label="Prénom" span={5} />
          <TextField {...form.field('familyName')} label="Nom" span={7} />
          <SelectField {...form.field('role')} label="Son rôle" options={roles} span={12} />
          {values.role === '' ? null : <AccessChoice values={access} field={(name) => form.field(name)} roles={held} closed={closed} opensOnly />}
          <SegmentedChoice
            {...form.field('way')}
            label="Comment"
            span={12}
            options={[
              { value: 'mail', label: 'Par MSSanté ou courriel', icon: IconMail },
              { value: 'link', label: 'Par un lien que je remets', icon: IconLink },
            ]}
          />
          {values.way === 'mail' ? (
            <TextField
              {...form.field('address')}
              label="Adresse"
              span={12}
              inputMode="email"
              help={
                values.address === ''
                  ? undefined
                  : isMssante(values.address)
                    ? 'Messagerie sécurisée de santé (MSSanté).'
                    : typo('Courriel ordinaire : le message ne dit rien de la personne.')
              }
            />
          ) : null}
          <FormFoot form={closed === null ? form : { ...form, reason: closed }} submit={values.way === 'mail' ? 'Envoyer l’invitation' : 'Faire le lien'} />
        </Form>
      ) : (
        <div className="stack stack--3">
          <Notice tone="success" live>
            <b>{made.mail === null ? 'Lien prêt.' : `Invitation envoyée à ${made.mail}.`}</b> Elle vaut jusqu’au {formatInstant(made.until)}, pour {made.name}{' '}
            seul(e).
          </Notice>
          <p className="small">
            {made.mail === null
              ? typo('Copiez le lien et remettez-le vous-même. Il n’est plus affiché ensuite : au besoin, faites-en un autre.')
              : typo('Si le message n’arrive pas, remettez ce lien vous-même. Il n’est plus affiché ensuite.')}
          </p>
          <textarea className="in" readOnly rows={3} aria-label="Lien d’invitation" value={made.address} onFocus={(event) => event.currentTarget.select()} />
          <span className="row">
            <Button
              main
              onClick={() =>
                void navigator.clipboard.writeText(made.address).then(
                  () => setCopied(true),
                  () => undefined,
                )
              }
            >
              {copied ? 'Lien copié' : 'Copier le lien'}
            </Button>
            <Button quiet onClick={onClose}>
              Fermer
            </Button>
          </span>
        </div>
      )}
    </Drawer>
  )
}
