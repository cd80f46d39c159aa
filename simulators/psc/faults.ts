import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'

/** Ways in which an answer can be wrong. Tests set one; nothing on the wire can. */
export const faults = [
  'state_other',
  'state_missing',
  'iss_parameter_other',
  'error_response',
  'id_token_missing',
  'nonce_other',
  'nonce_missing',
  'aud_other',
  'aud_several',
  'azp_other',
  'iss_other',
  'sub_missing',
  'sub_empty',
  'alg_none',
  'alg_hs256',
  'alg_hs256_public_key',
  'jwk_in_header',
  'crit_unknown',
  'signature_other_key',
  'signature_altered',
  'kid_unknown',
  'expired',
  'exp_missing',
  'not_yet_valid',
  'iat_future',
  'at_hash_other',
  'acr_other',
  'acr_missing',
  'amr_password',
  'amr_null',
  'auth_time_old',
  'auth_time_missing',
  'auth_time_future',
  'jwks_swapped',
  'jwks_garbage',
  'token_unreachable',
  'token_garbage',
  'token_slow',
  'token_redirect',
  'token_type_other',
  'userinfo_unreachable',
  'userinfo_garbage',
  'userinfo_redirect',
  'userinfo_jwt_none',
  'userinfo_sub_other',
  'userinfo_no_national_id',
  'userinfo_other_spelling',
] as const
export type Fault = (typeof faults)[number]

interface Signer {
  readonly key: KeyObject
  readonly clientSecret: string
}

type Claims = Record<string, unknown>

const changes: Partial<Record<Fault, (claims: Claims, now: number) => Claims>> = {
  nonce_other: (claims) => ({ ...claims, nonce: 'another-nonce' }),
  nonce_missing: (claims) => without(claims, 'nonce'),
  aud_other: (claims) => ({ ...claims, aud: 'another-service' }),
  aud_several: (claims) => ({ ...claims, aud: [claims.aud, 'another-service'], azp: claims.aud }),
  azp_other: (claims) => ({ ...claims, azp: 'another-service' }),
  iss_other: (claims) => ({ ...claims, iss: 'https://auth.example.org/auth/realms/esante-wallet' }),
  sub_missing: (claims) => without(claims, 'sub'),
  sub_empty: (claims) => ({ ...claims, sub: '' }),
  expired: (claims, now) => ({ ...claims, iat: now - 7200, exp: now - 3600 }),
  exp_missing: (claims) => without(claims, 'exp'),
  not_yet_valid: (claims, now) => ({ ...claims, nbf: now + 3600 }),
  iat_future: (claims, now) => ({ ...claims, iat: now + 3600, exp: now + 7200 }),
  at_hash_other: (claims) => ({ ...claims, at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' }),
  acr_other: (claims) => ({ ...claims, acr: 'eidas2' }),
  acr_missing: (claims) => without(claims, 'acr'),
  amr_password: (claims) => ({ ...claims, amr: ['pwd'] }),
  auth_time_old: (claims, now) => ({ ...claims, auth_time: now - 3600 }),
  auth_time_future: (claims, now) => ({ ...claims, auth_time: now + 3600 }),
  auth_time_missing: (claims) => without(claims, 'auth_time'),
  amr_null: (claims) => ({ ...claims, amr: null }),
}

/** The ID token of an honest answer, turned into what the fault asks for, and signed anew. */
export function spoilIdToken(idToken: string, fault: Fault, { key, clientSecret }: Signer): string {
  const [head = '', body = '', signature = ''] = idToken.split('.')
  const header = decode(head)
  const claims = decode(body)
  const change = changes[fault]
  if (change !== undefined) return signed(header, change(claims, Math.floor(Date.now() / 1000)), key)
  switch (fault) {
    case 'alg_none':
      return `${encode({ ...without(header, 'kid'), alg: 'none' })}.${body}.`
    case 'alg_hs256': {
      const content = `${encode({ ...without(header, 'kid'), alg: 'HS256' })}.${body}`
      return `${content}.${createHmac('sha256', clientSecret).update(content).digest('base64url')}`
    }
    case 'alg_hs256_public_key': {
      const content = `${encode({ ...header, alg: 'HS256' })}.${body}`
      const published = createPublicKey(key).export({ type: 'spki', format: 'pem' })
      return `${content}.${createHmac('sha256', published).update(content).digest('base64url')}`
    }
    case 'jwk_in_header': {
      const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
      return signed({ alg: 'RS256', typ: 'JWT', jwk: publicKey.export({ format: 'jwk' }) }, claims, privateKey)
    }
    case 'crit_unknown':
      return signed({ ...header, crit: ['urn:example:must-understand'], 'urn:example:must-understand': true }, claims, key)
    case 'signature_other_key':
      return signed(header, claims, generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey)
    case 'signature_altered':
      return `${head}.${body}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`
    case 'kid_unknown':
      return signed({ ...header, kid: 'unknown' }, claims, key)
    default:
      return idToken
  }
}

/** The redirection back to the service, with its parameters spoilt. */
export function spoilRedirection(location: string, fault: Fault): string {
  const url = new URL(location)
  if (fault === 'state_other') url.searchParams.set('state', 'another-state')
  if (fault === 'state_missing') url.searchParams.delete('state')
  if (fault === 'iss_parameter_other') url.searchParams.set('iss', 'https://auth.example.org/auth/realms/esante-wallet')
  if (fault === 'error_response') {
    url.searchParams.delete('code')
    url.searchParams.set('error', 'server_error')
  }
  return url.href
}

/** The claims of userinfo, spoilt; or, for `userinfo_other_spelling`, written as another version might. */
export function spoilUserinfo(claims: Claims, fault: Fault): Claims {
  if (fault === 'userinfo_sub_other') return { ...claims, sub: 'f:550dc1c8-d97b-4b1e-ac8c-8eb4471cf9dd:819990099999' }
  if (fault === 'userinfo_no_national_id') return { ...claims, SubjectNameID: '' }
  if (fault === 'userinfo_other_spelling') {
    return JSON.parse(
      JSON.stringify(claims)
        .replaceAll('numeroFinessetablissementJuridique', 'numeroFinessEtablissementJuridique')
        .replaceAll('codeSecteurDactivite', 'codeSecteurDActivite')
        .replaceAll('""', 'null'),
    ) as Claims
  }
  return claims
}

function without(claims: Claims, name: string): Claims {
  const { [name]: _left, ...kept } = claims
  return kept
}

function signed(header: Claims, claims: Claims, key: KeyObject): string {
  const content = `${encode(header)}.${encode(claims)}`
  return `${content}.${sign('sha256', Buffer.from(content), key).toString('base64url')}`
}

function encode(content: Claims): string {
  return Buffer.from(JSON.stringify(content)).toString('base64url')
}

function decode(part: string): Claims {
  return JSON.parse(Buffer.from(part, 'base64url').toString()) as Claims
}

/** A JWT of these claims that nobody signed. */
export function unsignedJwt(claims: Claims): string {
  return `${encode({ alg: 'none' })}.${encode(claims)}.`
}

/** A logout token, as Pro Santé Connect would send it; `header` and `claims` say what is false in it. */
export function logoutToken(honest: Claims, key: KeyObject, { header = {}, claims = {} }: { header?: Claims; claims?: Claims } = {}): string {
  return signed({ alg: 'RS256', typ: 'logout+jwt', ...header }, JSON.parse(JSON.stringify({ ...honest, ...claims })) as Claims, key)
}
