import type { ReactNode } from 'react'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { Notice } from '../../platform/web/display/Notice.tsx'
import { QueryState } from '../../platform/web/display/QueryState.tsx'
import { SettingHistory } from '../../platform/web/display/SettingHistory.tsx'
import { StatusPill } from '../../platform/web/display/StatusPill.tsx'
import { CheckField } from '../../platform/web/form/ChoiceCards.tsx'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { AreaField, TextField } from '../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { Bar, Card, CenterColumn, Columns } from '../../platform/web/layout/Columns.tsx'
import { Page } from '../../platform/web/layout/Page.tsx'
import { TabLinks } from '../../platform/web/layout/TabLinks.tsx'
import { administrationPlacesFor } from '../../territory/contract/administration-places.ts'
import { changeReading } from '../contract/actions.ts'
import { reading } from '../contract/queries.ts'
import { readingHours } from '../contract/terms.ts'
import { LeftBehind } from './LeftBehind.tsx'

type Reading = NonNullable<ReturnType<typeof useReading>['data']>
const useReading = () => useJalonQuery(reading, {})

/** How long files taken along read without network in this region, and what waits for authors who do not come back. */
export function ReadingPage(): ReactNode {
  const setting = useReading()
  return (
    <Page title="Sans réseau">
      <Bar title="Administration" />
      <div className="admintabs">
        <TabLinks label="Administration" tabs={administrationPlacesFor(useActor())} />
      </div>
      <Columns kind="one">
        <CenterColumn label="Réglages du travail sans réseau">
          <div className="stack stack--3" style={{ maxWidth: 820 }}>
            <LeftBehind />
            <QueryState query={setting}>{(found) => <Delay key={`reading ${found.version}`} found={found} />}</QueryState>
          </div>
        </CenterColumn>
      </Columns>
    </Page>
  )
}

function Delay({ found }: { readonly found: Reading }): ReactNode {
  const form = useActionForm(changeReading, {
    draftKey: `offline.reading:${found.version}`,
    initialValues: () => ({ baseVersion: found.version, hours: String(found.hours), reopening: found.reopening, justification: '' }),
    toInput: (values) => values as never,
    done: 'Délai enregistré. Chaque appareil le suit dès qu’il retrouve le réseau, dossiers déjà emportés compris.',
  })
  const sessionHours = found.sessionMinutes / 60
  return (
    <Card title="Délai de lecture des dossiers emportés" badge={<StatusPill>{`${found.hours}\u00a0h`}</StatusPill>}>
      <p className="small mut">
        Les dossiers d’une tournée sont chiffrés sur l’appareil. Passé ce délai depuis la préparation de la tournée, leur clé disparaît et ils s’effacent, avec
        ou sans réseau. Ce qui y a été écrit reste scellé jusqu’à son envoi.
      </p>
      <SettingHistory lines={found.history} />
      <Form form={form}>
        <TextField
          {...form.field('hours')}
          label="Délai, en heures"
          inputMode="numeric"
          span={6}
          hint={`De ${readingHours.least} à ${readingHours.most}\u00a0heures.`}
        />
        {Number(form.values.hours) > sessionHours ? (
          <div className="f">
            <Notice tone="info">
              Une session dure {sessionHours.toLocaleString('fr-FR')}
              {'\u00a0'}h au plus{'\u00a0'}: les dossiers s’effaceront avec elle. Voir « Connexion et sessions ».
            </Notice>
          </div>
        ) : null}
        <CheckField
          {...form.field('reopening')}
          label="Rouvrir un navigateur fermé, sans réseau"
          detail="Avec le code de tournée choisi par le professionnel ; cinq codes faux effacent les dossiers."
        />
        <AreaField {...form.field('justification')} label="Justification écrite" help="Elle est gardée avec le réglage, sous votre nom." rows={2} />
        <FormFoot form={form} submit="Changer le délai" />
      </Form>
    </Card>
  )
}
