import { Drawer } from '@mantine/core'
import { IconCopy, IconUpload } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { newId } from '../../platform/contract/ids.ts'
import { useAction } from '../../platform/web/api/use-action.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { ActionButton } from '../../platform/web/display/ActionButton.tsx'
import { Button } from '../../platform/web/display/Button.tsx'
import { confirm } from '../../platform/web/display/confirm.tsx'
import { Notice } from '../../platform/web/display/Notice.tsx'
import { toast } from '../../platform/web/display/toast.tsx'
import { SegmentedChoice } from '../../platform/web/form/SegmentedChoice.tsx'
import { TextField } from '../../platform/web/form/TextField.tsx'
import { formatWhen } from '../../platform/web/text/dates.ts'
import { plural } from '../../platform/web/text/typography.ts'
import { type FeedId, feedDetailLabels, feedDetails, feeds, importCalendar, openFeed, revokeFeed } from '../contract/calendars.ts'
import { LinkedCalendars } from './LinkedCalendars.tsx'

/** The calendars outside: an address that the telephone reads, a file that comes in. */
export function CalendarsForm(props: { readonly back?: string | undefined; readonly onClose: () => void }): ReactNode {
  return (
    <Drawer opened onClose={props.onClose} position="right" size={520} title="Agenda du téléphone, d’Outlook" className="circle-drawer">
      <div className="stack stack--4">
        <LinkedCalendars back={props.back} />
        <Addresses />
        <FileIn />
      </div>
    </Drawer>
  )
}

/** 32 random bytes for an address, in the letters of addresses; and their print, the only thing that the server keeps. */
async function newSecret(): Promise<{ readonly secret: string; readonly hash: string }> {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  const secret = btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
  const print = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(secret)))
  return { secret, hash: [...print].map((byte) => byte.toString(16).padStart(2, '0')).join('') }
}

function Addresses(): ReactNode {
  const list = useJalonQuery(feeds, {})
  const open = useAction(openFeed, undefined)
  const [label, setLabel] = useState('Mon téléphone')
  const [detail, setDetail] = useState<(typeof feedDetails)[number]>('minimal')
  const [address, setAddress] = useState<string | null>(null)
  const create = async (): Promise<void> => {
    const { secret, hash } = await newSecret()
    const done = await open.run({ id: newId<FeedId>(), label, detail, secretHash: hash })
    if (done !== null) setAddress(`${window.location.origin}/api/agenda/${secret}.ics`)
  }
  return (
    <section aria-label="Adresses" className="stack stack--3">
      <h3>Donner vos heures à lire</h3>
      <p className="mut">
        Une adresse secrète que votre téléphone ou Outlook relit de lui-même. Aucun nom, aucun lieu, aucun mot d’un dossier n’y sort{'\u00a0'}: ces agendas sont
        hébergés là où les données de santé n’ont pas le droit d’aller.
      </p>
      {address === null ? (
        <div className="form">
          <TextField name="label" label="Pour" span={12} value={label} onChange={setLabel} />
          <SegmentedChoice
            name="detail"
            label="Ce qui s’y lit"
            span={12}
            value={detail}
            onChange={setDetail}
            options={feedDetails.map((one) => ({ value: one, label: feedDetailLabels[one] }))}
          />
          <div style={{ gridColumn: '1 / -1' }}>
            <Button main blocked={open.pending || label.trim() === ''} onClick={() => void create()}>
              Créer l’adresse
            </Button>
            {open.error ? (
              <p className="small t-alert" role="alert">
                {open.error.detail}
              </p>
            ) : null}
          </div>
        </div>
      ) : (
        <Notice tone="warning" live>
          <b>À copier maintenant.</b> Elle ne se relit plus ensuite{'\u00a0'}; qui la connaît lit vos heures.
          <code className="agenda-address">{address}</code>
          <span className="row wrap">
            <Button small icon={IconCopy} onClick={() => void navigator.clipboard.writeText(address).then(() => toast({ text: 'Adresse copiée.' }))}>
              Copier
            </Button>
            <Button small onClick={() => setAddress(null)}>
              C’est fait
            </Button>
          </span>
        </Notice>
      )}
      {(list.data?.rows ?? []).length > 0 ? (
        <ul className="lines">
          {list.data?.rows.map((one) => (
            <li key={one.id} className="row sp">
              <span>
                <b>{one.label}</b>
                <span className="small mut">
                  {' '}
                  {feedDetailLabels[one.detail]} · {one.lastReadAt ? `lue ${formatWhen(one.lastReadAt)}` : 'jamais lue'}
                </span>
              </span>
              <Close id={one.id} label={one.label} />
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  )
}

function Close({ id, label }: { readonly id: FeedId; readonly label: string }): ReactNode {
  const action = useAction(revokeFeed, undefined)
  return (
    <ActionButton
      action={action}
      small
      input={{ id }}
      ask={() =>
        confirm({
          title: `Fermer l’adresse « ${label} »`,
          text: 'Le téléphone qui la lit ne recevra plus rien. Une nouvelle adresse se crée ensuite.',
          action: 'Fermer l’adresse',
        })
      }
    >
      Fermer
    </ActionButton>
  )
}

function FileIn(): ReactNode {
  const action = useAction(importCalendar, undefined)
  const [said, setSaid] = useState<string | null>(null)
  const bring = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return
    setSaid(null)
    const done = await action.run({ text: await file.text() })
    if (done === null) return
    const parts = [
      plural(done.added, 'ajouté'),
      done.changed > 0 ? plural(done.changed, 'changé') : null,
      done.same > 0 ? `${done.same} sans changement` : null,
      done.cancelled > 0 ? plural(done.cancelled, 'annulé, absent du fichier', 'annulés, absents du fichier') : null,
      done.past > 0 ? `${done.past} de plus de trente jours, non repris` : null,
      done.ours > 0 ? `${done.ours} déjà dans Jalon` : null,
      done.free > 0 ? plural(done.free, 'marqué libre, laissé', 'marqués libres, laissés') : null,
      done.unreadable > 0 ? `${done.unreadable} non compris` : null,
    ]
    setSaid(`${parts.filter(Boolean).join(', ')}.`)
  }
  return (
    <section aria-label="Fichier d’agenda" className="stack stack--3">
      <h3>Reprendre un agenda Outlook ou Google</h3>
      <p className="small mut">
        Le fichier .ics de votre agenda{'\u00a0'}: vos collègues voient «{'\u00a0'}occupé{'\u00a0'}», vous seul lisez le reste. Le même fichier, repris dix
        fois, ne double rien ; ce qui n’y est plus est annulé.
      </p>
      <label className="agenda-file">
        <IconUpload className="ic" stroke={1.75} aria-hidden="true" />
        <span>{action.pending ? 'Lecture…' : 'Choisir le fichier .ics'}</span>
        <input type="file" accept=".ics,text/calendar" onChange={(event) => void bring(event.currentTarget.files?.[0])} />
      </label>
      <p role="status" className={action.error ? 'small t-alert' : 'small'}>
        {action.error ? action.error.detail : said}
      </p>
    </section>
  )
}
