import './liaison.css'
import { IconBellRinging, IconDeviceMobileMessage, IconMail } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { OutputOf } from '../../platform/contract/action.ts'
import { useSession } from '../../platform/web/api/SessionProvider.tsx'
import { useAction } from '../../platform/web/api/use-action.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { ActionButton } from '../../platform/web/display/ActionButton.tsx'
import { Button } from '../../platform/web/display/Button.tsx'
import { Ic, type Icon } from '../../platform/web/display/Ic.tsx'
import { Notice } from '../../platform/web/display/Notice.tsx'
import { QueryState } from '../../platform/web/display/QueryState.tsx'
import { CheckField } from '../../platform/web/form/ChoiceCards.tsx'
import { FieldFrame } from '../../platform/web/form/FieldFrame.tsx'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { SegmentedChoice } from '../../platform/web/form/SegmentedChoice.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { Bar, CenterColumn, Columns, Section, SideColumn } from '../../platform/web/layout/Columns.tsx'
import { Page } from '../../platform/web/layout/Page.tsx'
import { formatWhen } from '../../platform/web/text/dates.ts'
import { plural } from '../../platform/web/text/typography.ts'
import { addPushDevice, chooseNotices, endPushDevice } from '../contract/actions.ts'
import { myNotices } from '../contract/queries.ts'
import { pushRefusal, subscribeBrowser } from './push-browser.ts'

type Mine = OutputOf<typeof myNotices>

/** « Mes notifications »: how I learn that something waits when I am not looking. What it is stays in Jalon. */
export function MyNoticesPage(): ReactNode {
  const query = useJalonQuery(myNotices, {})
  return (
    <Page title="Mes notifications">
      <Bar title="Mes notifications">
        <span className="mut">Quand Jalon n’est pas sous vos yeux</span>
      </Bar>
      <Columns kind="two" drawerLabel="Derniers envois">
        <CenterColumn label="Mes choix">
          <QueryState query={query}>{(mine) => <Choices key={mine.version} mine={mine} />}</QueryState>
        </CenterColumn>
        <SideColumn side="right" label="Derniers envois">
          {query.data ? <Sendings mine={query.data} /> : null}
        </SideColumn>
      </Columns>
    </Page>
  )
}

const hour = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
const minutes = (typed: string): number => {
  const [hours = '0', rest = '0'] = typed.split(':')
  return Number(hours) * 60 + Number(rest)
}

function Choices({ mine }: { readonly mine: Mine }): ReactNode {
  const form = useActionForm(chooseNotices, {
    initialValues: {
      baseVersion: mine.version,
      email: mine.email,
      sms: mine.sms,
      push: mine.push,
      pace: mine.pace,
      quietFrom: mine.quietFrom,
      quietUntil: mine.quietUntil,
    },
    done: 'Vos choix sont gardés.',
  })
  const { values } = form
  const time = (field: 'quietFrom' | 'quietUntil', label: string): ReactNode => (
    <FieldFrame label={label} span={3}>
      {(control) => (
        <input {...control} className="in" type="time" value={hour(values[field])} onChange={(event) => form.set(field, minutes(event.currentTarget.value))} />
      )}
    </FieldFrame>
  )
  return (
    <div className="stack stack--4" style={{ maxWidth: 760 }}>
      <Notice tone="info">
        Le message dit seulement «&nbsp;un événement vous attend&nbsp;»&nbsp;: jamais de nom, jamais d’information de santé. Une alerte, un avis demandé, une
        tâche en retard partent aux heures d’ouverture de votre DAC&nbsp;; une invitation, un rendez-vous déplacé ou annulé, dès que possible. Rien n’est perdu
        si vous ne recevez rien&nbsp;: tout est dans Jalon.
      </Notice>
      <Form form={form} label="Mes notifications">
        <CheckField
          {...form.field('email')}
          label="Par courriel"
          detail={mine.emailTo ?? 'Aucune adresse sur votre compte : demandez à votre administration.'}
        />
        <CheckField {...form.field('sms')} label="Par SMS" detail={mine.smsTo ?? 'Aucun téléphone sur votre compte : demandez à votre administration.'} />
        <CheckField
          {...form.field('push')}
          label="Sur mes navigateurs"
          detail={mine.devices.length === 0 ? 'Aucun encore : ajoutez celui-ci ci-dessous.' : plural(mine.devices.length, 'navigateur')}
        />
        <SegmentedChoice
          {...form.field('pace')}
          label="À quel rythme"
          span={12}
          options={[
            { value: 'at_once', label: 'Tout de suite' },
            { value: 'hourly', label: 'Une fois par heure' },
            { value: 'daily', label: 'Une fois par jour' },
          ]}
        />
        {time('quietFrom', 'Rien à partir de')}
        {time('quietUntil', 'jusqu’à')}
        <FormFoot form={form} submit="Garder mes choix" />
      </Form>
      <Devices mine={mine} />
    </div>
  )
}

function Devices({ mine }: { readonly mine: Mine }): ReactNode {
  const { settings } = useSession()
  const add = useAction(addPushDevice, undefined)
  const end = useAction(endPushDevice, undefined)
  const [fault, setFault] = useState<string | null>(null)
  const refusal = pushRefusal(settings['pushKey'])
  const subscribe = async (): Promise<void> => {
    setFault(null)
    try {
      const browser = await subscribeBrowser(String(settings['pushKey']))
      if (browser === null) setFault('Ce navigateur n’a pas donné son accord.')
      else await add.run(browser)
    } catch {
      setFault('Ce navigateur n’a pas pu s’inscrire. Réessayez, ou choisissez une autre façon.')
    }
  }
  return (
    <Section title="Mes navigateurs" count={mine.devices.length > 0 ? String(mine.devices.length) : undefined}>
      <ul className="lines">
        {mine.devices.map((device) => (
          <li key={device.id} className="row">
            <Ic of={IconBellRinging} size="s" />
            <span className="grow">{device.label}</span>
            <span className="small mut nw">depuis {formatWhen(device.addedAt)}</span>
            <ActionButton action={end} input={{ id: device.id }} small quiet>
              Retirer
            </ActionButton>
          </li>
        ))}
      </ul>
      <div className="row wrap">
        <Button small icon={IconBellRinging} blocked={refusal !== null} onClick={() => void subscribe()}>
          Ajouter ce navigateur
        </Button>
        {(refusal ?? fault) ? <span className="small mut">{refusal ?? fault}</span> : null}
      </div>
    </Section>
  )
}

const wayWords: Readonly<Record<Mine['sendings'][number]['way'], readonly [string, Icon]>> = {
  email: ['Courriel', IconMail],
  sms: ['SMS', IconDeviceMobileMessage],
  push: ['Navigateur', IconBellRinging],
}
const stateWords: Readonly<Record<Mine['sendings'][number]['state'], string>> = {
  to_send: 'en attente',
  sent: 'parti',
  refused: 'refusé par le destinataire',
  expired: 'abandonné',
}

function Sendings({ mine }: { readonly mine: Mine }): ReactNode {
  return (
    <Section title="Derniers envois">
      {mine.sendings.length === 0 ? (
        <p className="small mut">Aucun envoi encore.</p>
      ) : (
        <ul className="lines">
          {mine.sendings.map((one) => (
            <li key={one.id} className="row">
              <Ic of={wayWords[one.way][1]} size="s" />
              <span className="grow">
                {wayWords[one.way][0]}, {plural(one.count, 'événement')}
              </span>
              <span className="small mut nw">
                {stateWords[one.state]} {formatWhen(one.at)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
