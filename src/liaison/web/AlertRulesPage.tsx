import './liaison.css'
import { IconBellCog, IconPlus, IconVolumeOff } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { holds } from '../../platform/contract/actor.ts'
import { formatDay } from '../../platform/contract/dates.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useAction } from '../../platform/web/api/use-action.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { ActionButton } from '../../platform/web/display/ActionButton.tsx'
import { Button } from '../../platform/web/display/Button.tsx'
import { Ic } from '../../platform/web/display/Ic.tsx'
import { EmptyState } from '../../platform/web/display/Notice.tsx'
import { QueryState } from '../../platform/web/display/QueryState.tsx'
import { StatusPill } from '../../platform/web/display/StatusPill.tsx'
import { Bar, CenterColumn, Columns, Section, SideColumn } from '../../platform/web/layout/Columns.tsx'
import { Page } from '../../platform/web/layout/Page.tsx'
import { TabLinks } from '../../platform/web/layout/TabLinks.tsx'
import { useEvents } from '../../platform/web/live/use-events.ts'
import { formatInstant } from '../../platform/web/text/dates.ts'
import { formatCivilName } from '../../platform/web/text/names.ts'
import { capital, plural } from '../../platform/web/text/typography.ts'
import { administrationPlacesFor } from '../../territory/contract/administration-places.ts'
import { unmuteAlertRule } from '../contract/actions.ts'
import { type AlertRule, ruleWords } from '../contract/alert-rule.ts'
import { measureName } from '../contract/measure-kinds.ts'
import { alertRules, alertRuleVersions } from '../contract/queries.ts'
import { AlertRuleForm, type RuleToWrite } from './AlertRuleForm.tsx'
import { OpeningHours } from './OpeningHours.tsx'
import { escalationWords } from './rule-words.ts'

/** « Règles d’alerte » : what raises an alert, when it climbs, when the DAC reads. Of the DAC for who leads its team, of the region for its administration. */
export function AlertRulesPage(): ReactNode {
  const actor = useActor()
  const region = actor.serviceKind !== 'dac'
  const mayWrite = region ? holds(actor, 'regional_admin') : holds(actor, 'team_lead')
  const rules = useJalonQuery(alertRules, {})
  useEvents(['liaison.alertRule.written', 'liaison.alertRule.muted', 'liaison.openingHours.set'])
  const [writing, setWriting] = useState<RuleToWrite | null>(null)
  const rows = rules.data?.rows ?? []
  const replaced = new Set(rows.map((row) => row.replaces))
  const own = rows.filter((row) => row.serviceId !== null)
  const regional = rows.filter((row) => row.serviceId === null)
  const line = (rule: AlertRule): ReactNode => (
    <RuleLine
      key={rule.id}
      rule={rule}
      replaced={replaced.has(rule.id)}
      gesture={
        !mayWrite || replaced.has(rule.id)
          ? null
          : region || rule.serviceId !== null
            ? { words: 'Changer', act: () => setWriting({ rule, adapts: null }) }
            : { words: 'Adapter', act: () => setWriting({ rule: null, adapts: rule }) }
      }
    />
  )
  return (
    <Page title="Règles d’alerte">
      <Bar
        title={region ? 'Administration' : 'Règles d’alerte'}
        end={
          mayWrite ? (
            <Button icon={IconPlus} onClick={() => setWriting({ rule: null, adapts: null })}>
              Nouvelle règle
            </Button>
          ) : undefined
        }
      />
      {region ? (
        <div className="admintabs">
          <TabLinks label="Administration" tabs={administrationPlacesFor(actor)} />
        </div>
      ) : null}
      <Columns kind={region ? 'one' : 'two'} drawerLabel="Horaires et sourdines">
        <CenterColumn label="Règles">
          {writing !== null ? (
            <AlertRuleForm
              key={`${writing.rule?.id}${writing.rule?.version}${writing.adapts?.id}`}
              written={writing}
              ofRegion={region}
              onDone={() => setWriting(null)}
            />
          ) : null}
          <QueryState query={rules}>
            {() => (
              <>
                {region ? null : (
                  <Section title="De votre DAC" count={String(own.length)}>
                    {own.length === 0 ? (
                      <EmptyState icon={IconBellCog} title="Aucune règle propre à votre DAC">
                        Celles de la région s’appliquent. Adaptez-en une, ou écrivez la vôtre et essayez-la sur les notes passées.
                      </EmptyState>
                    ) : (
                      <ul className="lines rules">{own.map(line)}</ul>
                    )}
                  </Section>
                )}
                <Section title="De la région" count={String(regional.length)}>
                  <ul className="lines rules">{regional.map(line)}</ul>
                </Section>
              </>
            )}
          </QueryState>
        </CenterColumn>
        {region ? null : (
          <SideColumn side="right" label="Horaires et sourdines">
            {rules.data?.calendar ? <OpeningHours key={JSON.stringify(rules.data.calendar.week)} calendar={rules.data.calendar} /> : null}
            {!rules.data ? null : (
              <Section title="En sourdine" count={rules.data.mutes.length > 0 ? String(rules.data.mutes.length) : undefined}>
                {rules.data.mutes.length === 0 ? (
                  <p className="small mut">Aucune. Une sourdine se pose depuis une alerte, pour une personne, avec sa raison.</p>
                ) : (
                  <ul className="lines">
                    {rules.data.mutes.map((mute) => (
                      <MuteLine key={mute.id} mute={mute} title={rows.find((row) => row.id === mute.ruleId)?.title ?? 'Règle'} />
                    ))}
                  </ul>
                )}
              </Section>
            )}
          </SideColumn>
        )}
      </Columns>
    </Page>
  )
}

function RuleLine(props: {
  readonly rule: AlertRule
  readonly replaced: boolean
  readonly gesture: { readonly words: string; readonly act: () => void } | null
}): ReactNode {
  const { rule, gesture } = props
  const [versions, setVersions] = useState(false)
  return (
    <li>
      <div className="row wrap" style={{ gap: 8 }}>
        <b>{rule.title}</b>
        {props.replaced ? <StatusPill>adaptée par votre DAC</StatusPill> : rule.active ? null : <StatusPill>arrêtée</StatusPill>}
        <span className="end row">
          {rule.version > 1 ? (
            <Button
              small
              quiet
              expanded={versions}
              label={`${plural(rule.version, 'version')} de la règle ${rule.title}`}
              onClick={() => setVersions(!versions)}
            >
              {plural(rule.version, 'version')}
            </Button>
          ) : null}
          {gesture === null ? null : (
            <Button small label={`${gesture.words} la règle ${rule.title}`} onClick={gesture.act}>
              {gesture.words}
            </Button>
          )}
        </span>
      </div>
      <div className={rule.active && !props.replaced ? undefined : 'dim'}>{capital(ruleWords(rule.when, measureName))}.</div>
      <div className="small mut">{escalationWords(rule.escalateAfter)}</div>
      {versions ? <Versions rule={rule} /> : null}
    </li>
  )
}

function Versions({ rule }: { readonly rule: AlertRule }): ReactNode {
  const query = useJalonQuery(alertRuleVersions, { id: rule.id })
  return (
    <QueryState query={query}>
      {({ rows }) => (
        <ol className="lines small" aria-label={`Versions de ${rule.title}`} style={{ marginTop: 6 }}>
          {rows.map((row) => (
            <li key={row.version}>
              <span className="mut">
                Version {row.version}, {formatInstant(row.decidedAt)}, {row.decidedByName}
              </span>
              <br />
              {row.title} · {ruleWords(row.when, measureName)}
              {row.active ? '' : ' · arrêtée'}
              {row.reason ? ` · « ${row.reason} »` : ''}
            </li>
          ))}
        </ol>
      )}
    </QueryState>
  )
}

type Mute = NonNullable<ReturnType<typeof useJalonQuery<typeof alertRules>>['data']>['mutes'][number]

function MuteLine(props: { readonly mute: Mute; readonly title: string }): ReactNode {
  const { mute } = props
  const end = useAction(unmuteAlertRule, undefined)
  return (
    <li>
      <div className="row" style={{ gap: 6 }}>
        <Ic of={IconVolumeOff} size="s" />
        <b className="grow cut">{formatCivilName(mute.person)}</b>
        <ActionButton action={end} input={{ id: mute.id }} small quiet>
          Lever
        </ActionButton>
      </div>
      <div className="small mut">
        {props.title}, jusqu’au {formatDay(mute.until)}, {mute.mutedByName} : {mute.reason}
      </div>
    </li>
  )
}
