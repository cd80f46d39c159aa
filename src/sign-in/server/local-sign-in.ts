import { createHash } from 'node:crypto'
import { dayOf } from '../../platform/contract/dates.ts'
import { DomainError, invalid } from '../../platform/contract/errors.ts'
import { newId, type UserId } from '../../platform/contract/ids.ts'
import { writeAudit } from '../../platform/server/audit.ts'
import { asSystem, type Tx } from '../../platform/server/db.ts'
import { writeEvents } from '../../platform/server/events.ts'
import type { Gate } from '../../platform/server/execute.ts'
import { anonymous } from '../../platform/server/http.ts'
import { settingValue } from '../../platform/server/region-settings.sql.ts'
import type { SignInMethod } from '../../platform/server/sessions.ts'
import { isLocalSignInOpen, type LocalSignIn, settingKeys } from './handlers.ts'
import {
  insertCeremony,
  insertPasskey,
  keepPassword,
  type LiveInvitation,
  liveInvitation,
  noteTry,
  passkeyById,
  passkeyServed,
  passwordOf,
  refusedTries,
  regionalAdmins,
  takeCeremony,
  takeStep,
  tryPassed,
  useInvitation,
} from './local-sign-in.sql.ts'
import { newCodeSecret, stepOfCode } from './one-time-codes.ts'
import { authenticationOptions, type RelyingParty, readAuthentication, readRegistration, registrationOptions } from './passkeys.ts'
import { hashPassword, nobodysHash, verifyPassword, weaknessOf } from './passwords.ts'
import type { Seal } from './seal.ts'

/** Minutes that a challenge waits for its answer. */
const ceremonyMinutes = 10
/** Refused tries in a row on one account, and from one address, beyond which nothing passes for the time of the window. */
const triesPerAccount = 5
const triesPerAddress = 50
const windowMinutes = 15

export interface Proof {
  readonly userId: string
  readonly method: SignInMethod
  /** Tries refused since the last success: the owner of the account is told. */
  readonly refusedBefore: number
}

export interface LocalSignInDoor {
  readonly open: () => Promise<boolean>
  readonly offers: { readonly passkey: boolean; readonly password: boolean }
  readonly beginEnrolment: (invitation: { id: string; secret: string }) => Promise<Enrolment>
  readonly enrol: (request: EnrolRequest, requestId: string) => Promise<SignInMethod>
  readonly challenge: (forSession: string | null) => Promise<{ ceremony: string; options: unknown }>
  readonly byPasskey: (answer: { ceremony: string; response: unknown }, from: From) => Promise<Proof>
  readonly byPassword: (answer: { identifier: string; password: string; code: string }, from: From) => Promise<Proof>
  /** The same proofs for the user of a session, asked again before a sensitive gesture. */
  readonly confirm: (userId: string, handle: string, answer: ConfirmAnswer, from: From) => Promise<SignInMethod>
}

export type ConfirmAnswer = { readonly ceremony: string; readonly response: unknown } | { readonly password: string; readonly code: string }

export interface From {
  readonly address: string
  readonly requestId: string
}

export interface Enrolment {
  readonly name: string
  readonly serviceName: string | null
  readonly identifier: string
  readonly expiresAt: string
  readonly ceremony: string
  readonly passkey: unknown
  readonly code: { readonly secret: string; readonly address: string } | null
}

export interface EnrolRequest {
  readonly id: string
  readonly secret: string
  readonly ceremony: string
  readonly passkey?: { readonly response: unknown; readonly name: string } | undefined
  readonly password?: { readonly password: string; readonly code: string } | undefined
}

/** One refusal for whatever was wrong: account unknown, closed, locked, password, code, passkey. */
function refusal(): DomainError {
  return new DomainError('forbidden', 'sign_in_refused')
}

/** Sign-in without Pro Santé Connect: passkeys, or a password with a one-time code; never a password alone. Each answer is the same for an account that exists and one that does not. */
export function openLocalSignIn(gate: Gate, { party, seal }: { party: RelyingParty | null; seal: Seal | null }): LocalSignInDoor {
  const { db, clock } = gate
  const offers = { passkey: party !== null, password: seal !== null }
  const today = (): string => dayOf(clock(), gate.timeZone)
  const mark = (kind: string, text: string): Buffer => seal?.mark(`${kind}\0${text}`) ?? createHash('sha256').update(`${kind}\0${text}`).digest()

  const isOpen = (tx: Tx): Promise<boolean> => settingValue<LocalSignIn>(tx, settingKeys.local).then((setting) => isLocalSignInOpen(setting, today()))
  const whenOpen = async (tx: Tx): Promise<void> => {
    if (!(await isOpen(tx))) throw new DomainError('forbidden', 'local_sign_in_closed')
  }
  const audit = (
    tx: Tx,
    name: string,
    userId: string | null,
    outcome: 'done' | 'refused',
    details: Record<string, unknown>,
    requestId: string,
    code?: string,
  ): Promise<void> =>
    writeAudit(tx, {
      name,
      kind: 'login',
      actor: userId === null ? anonymous : { ...anonymous, kind: 'user', userId: userId as UserId },
      outcome,
      ...(code === undefined ? {} : { code }),
      persons: [],
      details,
      requestId,
    })
  const invitationOf = async (tx: Tx, { id, secret }: { id: string; secret: string }): Promise<LiveInvitation> => {
    await whenOpen(tx)
    const found = await liveInvitation(tx, id, createHash('sha256').update(secret).digest(), clock())
    if (found === null) throw new DomainError('forbidden', 'invitation_invalid')
    return found
  }

  /**
   * Counts the try first, so that a hundred at once are a hundred. Throws the common refusal where too many were refused; those made meanwhile
   * do not count, or anybody could keep an account closed.
   */
  const admitTry = async (account: string, { address }: From): Promise<{ attempt: number; refusedBefore: number }> => {
    const [accountKey, addressKey] = [mark('account', account), mark('address', address)]
    const since = new Date(clock().getTime() - windowMinutes * 60_000)
    const { attempt, tries } = await asSystem(db, 'a try to sign in', async (tx) => {
      const before = await refusedTries(tx, accountKey, addressKey, since)
      const locked = before.address >= triesPerAddress || before.account >= triesPerAccount
      return { tries: before, attempt: locked ? null : await noteTry(tx, accountKey, addressKey, clock()) }
    })
    if (tries.address >= triesPerAddress) throw new DomainError('unavailable', 'too_many_requests')
    if (attempt === null) throw refusal()
    return { attempt, refusedBefore: tries.account }
  }
  const refuse = async (
    { userId, method, refusedBefore = 0 }: { userId: string | null; method: SignInMethod; refusedBefore?: number },
    cause: string,
    requestId: string,
  ): Promise<never> => {
    await asSystem(db, 'audit a refused sign-in', async (tx) => {
      await audit(tx, 'session.open', userId, 'refused', { method, cause }, requestId, 'sign_in_refused')
      if (userId === null || refusedBefore + 1 < triesPerAccount) return
      await audit(tx, 'session.open', userId, 'refused', { minutes: windowMinutes }, requestId, 'locked')
      await writeEvents(tx, anonymous, [{ type: 'signIn.account.locked', audience: [userId, ...(await regionalAdmins(tx, today()))], payload: { userId } }])
    })
    gate.committed()
    throw refusal()
  }

  const passkeyProof = async (
    answer: { ceremony: string; response: unknown },
    kind: 'sign_in' | 'confirm',
    handle: string | null,
    from: From,
  ): Promise<Proof> => {
    if (party === null) throw refusal()
    const credentialId = String((answer.response as { id?: unknown } | null)?.id ?? '').slice(0, 1500)
    const { attempt, refusedBefore } = await admitTry(`passkey ${credentialId}`, from)
    const userId = await asSystem(db, 'sign in with a passkey', async (tx) => {
      await whenOpen(tx)
      const ceremony = await takeCeremony(tx, answer.ceremony, clock())
      if (ceremony === null || ceremony.kind !== kind || ceremony.sessionHandle !== handle) return null
      const passkey = await passkeyById(tx, credentialId)
      const counter = passkey === null ? null : await readAuthentication(party, answer.response, ceremony.challenge, passkey)
      if (passkey === null || counter === null) return null
      await passkeyServed(tx, passkey.id, counter, clock())
      await tryPassed(tx, attempt)
      return passkey.userId
    })
    return userId === null ? refuse({ userId: null, method: 'passkey' }, 'passkey', from.requestId) : { userId, method: 'passkey', refusedBefore }
  }

  const passwordProof = async (
    account: { readonly identifier: string } | { readonly userId: string },
    { password, code }: { password: string; code: string },
    from: From,
  ): Promise<Proof> => {
    if (seal === null) throw refusal()
    const found = await asSystem(db, 'sign in with a password and a code', async (tx) => {
      await whenOpen(tx)
      return passwordOf(tx, account)
    })
    const { attempt, refusedBefore } = await admitTry('userId' in account ? `user ${account.userId}` : `identifier ${account.identifier}`, from)
    // Both are always looked at, and a hash is always computed: the time says nothing of which was wrong.
    const rightPassword = await verifyPassword(password, found?.hash ?? nobodysHash)
    const secret = found === null ? null : seal.open(found.totpSealed, found.userId)
    const step = secret === null ? null : stepOfCode(secret, code, clock(), found?.totpStep ?? 0)
    if (found === null || !rightPassword || step === null)
      return refuse({ userId: found?.userId ?? null, method: 'password_totp', refusedBefore }, rightPassword ? 'code' : 'password', from.requestId)
    const taken = await asSystem(db, 'a code serves once', async (tx) => {
      if (!(await takeStep(tx, found.userId, step, clock()))) return false
      await tryPassed(tx, attempt)
      return true
    })
    return taken
      ? { userId: found.userId, method: 'password_totp', refusedBefore }
      : refuse({ userId: found.userId, method: 'password_totp', refusedBefore }, 'code_used', from.requestId)
  }

  return {
    offers,
    open: () => asSystem(db, 'is local sign-in open', isOpen),
    beginEnrolment: (invitation) =>
      asSystem(db, 'open an invitation', async (tx) => {
        const found = await invitationOf(tx, invitation)
        const user = { id: found.userId, name: found.email, displayName: `${found.givenName} ${found.familyName}` }
        const passkey = party === null ? null : await registrationOptions(party, user)
        const code = seal === null ? null : newCodeSecret(found.email)
        const ceremony = newId<never>() as string
        const kept = { id: ceremony, kind: 'enrol' as const, userId: found.userId, invitationId: found.id, sessionHandle: null }
        const sealed = code === null || seal === null ? null : seal.close(code.secret, found.userId)
        await insertCeremony(tx, { ...kept, challenge: passkey?.challenge ?? '', totpSealed: sealed }, new Date(clock().getTime() + 30 * 60_000))
        return {
          name: user.displayName,
          serviceName: found.serviceName,
          identifier: found.email.toLowerCase(),
          expiresAt: found.expiresAt,
          ceremony,
          passkey,
          code,
        }
      }),
    enrol: async (request, requestId) => {
      const method = await asSystem(db, 'enrol a means of signing in', async (tx): Promise<SignInMethod> => {
        const found = await invitationOf(tx, request)
        const ceremony = await takeCeremony(tx, request.ceremony, clock())
        if (ceremony === null || ceremony.kind !== 'enrol' || ceremony.invitationId !== found.id) throw new DomainError('forbidden', 'invitation_invalid')
        const used: SignInMethod = request.passkey === undefined ? 'password_totp' : 'passkey'
        const sessionsEnded = await useInvitation(tx, found, used, clock())
        if (request.passkey !== undefined) {
          const made = party === null ? null : await readRegistration(party, request.passkey.response, ceremony.challenge)
          if (made === null) throw invalid('passkey_refused')
          await insertPasskey(tx, { ...made, id: newId<never>(), userId: found.userId, name: request.passkey.name, invitationId: found.id, now: clock() })
        } else {
          const { password = '', code = '' } = request.password ?? {}
          const weakness = weaknessOf(password, [found.givenName, found.familyName, ...found.email.split(/[@.]/)])
          if (weakness !== null) throw new DomainError('invalid', 'input_invalid', {}, { fields: { password: weakness } })
          const secret = seal === null || ceremony.totpSealed === null ? null : seal.open(ceremony.totpSealed, found.userId)
          const step = secret === null ? null : stepOfCode(secret, code, clock(), 0)
          if (step === null || ceremony.totpSealed === null) {
            throw new DomainError(
              'invalid',
              'input_invalid',
              {},
              { fields: { code: 'Ce code n’est pas celui de l’application : vérifiez l’heure du téléphone, puis recopiez le code affiché.' } },
            )
          }
          const kept = { userId: found.userId, hash: await hashPassword(password), totpSealed: ceremony.totpSealed, totpStep: step }
          if (!(await keepPassword(tx, { ...kept, identifier: found.email.toLowerCase(), invitationId: found.id, now: clock() })))
            throw invalid('identifier_taken')
        }
        await audit(tx, 'signIn.enrol', found.userId, 'done', { method: used, invitationId: found.id, replaced: found.replaces, sessionsEnded }, requestId)
        const audience = [found.userId, ...(await regionalAdmins(tx, today()))]
        await writeEvents(tx, anonymous, [{ type: 'signIn.means.enrolled', audience, payload: { userId: found.userId, replaced: found.replaces } }])
        return used
      })
      gate.committed()
      return method
    },
    challenge: (forSession) =>
      asSystem(db, 'a challenge for a passkey', async (tx) => {
        await whenOpen(tx)
        if (party === null) throw refusal()
        const options = await authenticationOptions(party)
        const ceremony = newId<never>() as string
        const kind = forSession === null ? ('sign_in' as const) : ('confirm' as const)
        const kept = { id: ceremony, kind, userId: null, invitationId: null, sessionHandle: forSession, challenge: options.challenge, totpSealed: null }
        await insertCeremony(tx, kept, new Date(clock().getTime() + ceremonyMinutes * 60_000))
        return { ceremony, options }
      }),
    byPasskey: (answer, from) => passkeyProof(answer, 'sign_in', null, from),
    byPassword: ({ identifier, ...answer }, from) => passwordProof({ identifier: identifier.trim().toLowerCase() }, answer, from),
    confirm: async (userId, handle, answer, from) => {
      const proof = 'ceremony' in answer ? await passkeyProof(answer, 'confirm', handle, from) : await passwordProof({ userId }, answer, from)
      if (proof.userId !== userId) return refuse({ userId, method: proof.method }, 'somebody_else', from.requestId)
      return proof.method
    },
  }
}
