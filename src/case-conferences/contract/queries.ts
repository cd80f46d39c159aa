import { z } from 'zod'
import { type PersonTarget, personNameSchema, silenceSchema } from '../../persons/contract/person.ts'
import { type ActionAudit, defineQuery, signedIn } from '../../platform/contract/action.ts'
import { volets } from '../../platform/contract/actor.ts'
import { idSchema, type PersonId } from '../../platform/contract/ids.ts'
import { whoeverIsAround } from './access.ts'
import {
  blockSchema,
  type CaseDecisionId,
  type ConferenceId,
  type ConferenceTarget,
  conferenceHead,
  decisionSchema,
  documentSchema,
  participantSchema,
  questionSchema,
  sendingSchema,
} from './conference.ts'

const ofPerson: ActionAudit<unknown, PersonTarget, unknown> = { persons: (_input, person) => [person.personId] }

export const conferencesOfPerson = defineQuery({
  name: 'caseConferences.ofPerson',
  title: 'Concertations de la personne',
  input: z.object({ personId: idSchema<PersonId>() }),
  output: z.object({
    rows: z.array(
      conferenceHead.extend({
        questions: z.array(z.string()),
        participants: z.number().int(),
        coming: z.number().int(),
        present: z.number().int(),
        decisions: z.number().int(),
        /** Decisions that wait for the answer of their actor. */
        waiting: z.number().int(),
      }),
    ),
    /** Of the region: where a video room opens; '' when none is set. */
    videoRoom: z.string(),
  }),
  access: whoeverIsAround,
  audit: ofPerson,
})

export const conferenceSheet = defineQuery({
  name: 'caseConferences.conference',
  title: 'Concertation',
  input: z.object({ id: idSchema<ConferenceId>() }),
  output: z.object({
    person: personNameSchema,
    conference: conferenceHead,
    participants: z.array(participantSchema),
    questions: z.array(questionSchema),
    documents: z.array(documentSchema),
    blocks: z.array(blockSchema),
    decisions: z.array(decisionSchema),
    sendings: z.array(sendingSchema),
    silences: z.array(silenceSchema),
    /** Volets of the file that this reader does not see: what is written there is not shown. */
    closedVolets: z.array(z.enum(volets)),
    inCharge: z.boolean(),
    /** For the rules on the screen. */
    invitedParties: z.array(z.string()),
  }),
  access: (actor, target: ConferenceTarget, input) => whoeverIsAround(actor, target.person, input),
  audit: { persons: (_input, target: ConferenceTarget) => [target.personId] },
})
export type ConferenceSheet = z.output<(typeof conferenceSheet)['output']>

/** What is asked of me: meetings that I animate or to which I am invited, and decisions that wait for my answer. */
export const conferencesOfMine = defineQuery({
  name: 'caseConferences.mine',
  title: 'Mes concertations',
  input: z.object({}),
  output: z.object({
    rows: z.array(
      z.object({
        id: idSchema<ConferenceId>(),
        person: personNameSchema,
        kind: z.string(),
        state: z.enum(['planned', 'held']),
        startsAt: z.string(),
        minutes: z.number().int(),
        place: z.string().nullable(),
        videoUrl: z.string().nullable(),
        participants: z.number().int(),
        coming: z.number().int(),
        names: z.array(z.string()),
        /** My own line, when I am invited. */
        participantId: z.string().nullable(),
        myAnswer: z.string().nullable(),
        myVersion: z.number().int().nullable(),
      }),
    ),
    /** Decisions that name her, wherever they were taken: they wait for her answer. */
    decisions: z.array(
      z.object({
        id: idSchema<CaseDecisionId>(),
        version: z.number().int(),
        conferenceId: idSchema<ConferenceId>(),
        person: personNameSchema,
        words: z.string(),
        volet: z.enum(volets),
        dueOn: z.string().nullable(),
        actorRole: z.string().nullable(),
        decidedOn: z.string(),
      }),
    ),
  }),
  access: signedIn('the meetings that she animates or to which she is invited'),
  audit: { persons: (_input, _target, { rows, decisions }) => [...new Set([...rows, ...decisions].map(({ person }) => person.personId))] },
})
