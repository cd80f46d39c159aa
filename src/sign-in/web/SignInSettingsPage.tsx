import './sign-in.css'
import type { ReactNode } from 'react'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { QueryState } from '../../platform/web/display/QueryState.tsx'
import { SettingHistory } from '../../platform/web/display/SettingHistory.tsx'
import { StatusPill } from '../../platform/web/display/StatusPill.tsx'
import { CheckField } from '../../platform/web/form/ChoiceCards.tsx'
import { DayField } from '../../platform/web/form/DayField.tsx'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { AreaField, TextField } from '../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { Bar, Card, CenterColumn, Columns, SideColumn } from '../../platform/web/layout/Columns.tsx'
import { Page } from '../../platform/web/layout/Page.tsx'
import { TabLinks } from '../../platform/web/layout/TabLinks.tsx'
import { administrationPlacesFor } from '../../territory/contract/administration-places.ts'
import { changeBulkOpening, changeLocalSignIn, changeSessionLimits } from '../contract/actions.ts'
import { signInSettings } from '../contract/queries.ts'
import { InviteAccount } from './InviteAccount.tsx'
import { OpeningAlerts } from './OpeningAlerts.tsx'

type Settings = NonNullable<ReturnType<typeof useSettings>['data']>
const useSettings = () => useJalonQuery(signInSettings, {})

/** How one enters this region, for how long, and what makes the supervisors look. Each setting keeps its written reason. */
export function SignInSettingsPage(): ReactNode {
  const settings = useSettings()
  return (
    <Page title="Connexion et sessions">
      <Bar title="Administration" />
      <div className="admintabs">
        <TabLinks label="Administration" tabs={administrationPlacesFor(useActor())} />
      </div>
      <Columns kind="two" drawerLabel="Invitations">
        <CenterColumn label="Réglages de la connexion">
          <div className="stack stack--3" style={{ maxWidth: 820 }}>
            <OpeningAlerts />
            <QueryState query={settings}>
              {(found) => (
                <>
                  <Limits key={`limits ${found.limits.version}`} limits={found.limits} />
                  <Local key={`local ${found.local.version}`} local={found.local} />
                  <Bulk key={`bulk ${found.bulkOpening.version}`} bulk={found.bulkOpening} />
                </>
              )}
            </QueryState>
          </div>
        </CenterColumn>
        <SideColumn side="right" label="Invitations">
          <InviteAccount open={settings.data?.local.enabled ?? false} />
        </SideColumn>
      </Columns>
    </Page>
  )
}

const why = { label: 'Justification écrite', help: 'Elle est gardée avec le réglage, sous votre nom.' }

function Limits(props: { readonly limits: Settings['limits'] }): ReactNode {
  const { limits } = props
  const form = useActionForm(changeSessionLimits, {
    draftKey: `signIn.limits:${limits.version}`,
    initialValues: () => ({
      baseVersion: limits.version,
      idleMinutes: String(limits.idleMinutes),
      absoluteMinutes: String(limits.absoluteMinutes),
      justification: '',
    }),
    toInput: (values) => values as never,
    done: 'Durées enregistrées : elles valent pour toutes les sessions, dès maintenant.',
  })
  return (
    <Card title="Durée des sessions">
      <SettingHistory lines={limits.history} />
      <Form form={form}>
        <TextField {...form.field('idleMinutes')} label="Sans geste, en minutes" inputMode="numeric" span={6} />
        <TextField {...form.field('absoluteMinutes')} label="En tout, en minutes" inputMode="numeric" span={6} />
        <AreaField {...form.field('justification')} {...why} rows={2} />
        <FormFoot form={form} submit="Changer les durées" />
      </Form>
    </Card>
  )
}

function Local(props: { readonly local: Settings['local'] }): ReactNode {
  const { local } = props
  const form = useActionForm(changeLocalSignIn, {
    draftKey: `signIn.local:${local.version}`,
    initialValues: () => ({ baseVersion: local.version, enabled: local.enabled, endsOn: local.endsOn ?? '', justification: '' }),
    toInput: (values) => ({ ...values, endsOn: values.enabled ? values.endsOn : '' }) as never,
    done: 'Enregistré.',
  })
  return (
    <Card
      title="Connexion sans Pro Santé Connect"
      badge={local.enabled ? <StatusPill tone="warning">{local.history[0]?.words ?? 'Ouverte'}</StatusPill> : <StatusPill>Fermée</StatusPill>}
    >
      <p className="small mut">
        Pour la transition seulement, et pour les comptes que vous invitez&#8239;: une clé d’accès, ou un mot de passe avec un code. Jamais un mot de passe
        seul. Ce moyen d’identification doit être homologué par la structure. À la date de fin, ou dès que vous fermez, les sessions ouvertes ainsi se
        terminent.
      </p>
      <SettingHistory lines={local.history} />
      <Form form={form}>
        <CheckField
          {...form.field('enabled')}
          label="Ouvrir la connexion sans Pro Santé Connect"
          detail={local.accounts > 0 ? `${local.accounts} compte${local.accounts > 1 ? 's ont' : ' a'} un moyen de connexion.` : undefined}
        />
        {form.values.enabled ? <DayField {...form.field('endsOn')} label="Jusqu’au" span={6} /> : null}
        <AreaField {...form.field('justification')} {...why} rows={2} />
        <FormFoot form={form} submit="Enregistrer" plain />
      </Form>
    </Card>
  )
}

function Bulk(props: { readonly bulk: Settings['bulkOpening'] }): ReactNode {
  const { bulk } = props
  const form = useActionForm(changeBulkOpening, {
    draftKey: `signIn.bulk:${bulk.version}`,
    initialValues: () => ({ baseVersion: bulk.version, files: String(bulk.files), minutes: String(bulk.minutes), block: bulk.block, justification: '' }),
    toInput: (values) => values as never,
    done: 'Alerte enregistrée.',
  })
  return (
    <Card title="Alerte d’ouverture en masse">
      <p className="small mut">Quand un compte ouvre autant de dossiers différents en si peu de temps, sa direction et vous êtes prévenus tout de suite.</p>
      <SettingHistory lines={bulk.history} />
      <Form form={form}>
        <TextField {...form.field('files')} label="Dossiers différents" inputMode="numeric" span={6} />
        <TextField {...form.field('minutes')} label="En minutes" inputMode="numeric" span={6} />
        <CheckField
          {...form.field('block')}
          label="Suspendre aussi l’ouverture de dossiers"
          detail="Pendant une heure, ou jusqu’à ce que quelqu’un ait examiné l’alerte."
        />
        <AreaField {...form.field('justification')} {...why} rows={2} />
        <FormFoot form={form} submit="Changer l’alerte" plain />
      </Form>
    </Card>
  )
}
