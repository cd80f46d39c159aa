import { newVapidKeys } from '../../interop/notices/server/push-signature.ts'
import { type Command, CommandError } from './command.ts'

export const noticeKeysCommand: Command = {
  name: 'notices keys',
  summary:
    'Crée les clés par lesquelles les services de notification des navigateurs reconnaissent l’installation (VAPID). À mettre dans les réglages de tous les serveurs ; les changer oblige chacun à redonner son accord.',
  run: async (args) => {
    if (args.length > 0) throw new CommandError('Usage : npm run jalon -- notices keys')
    const { publicKey, privateKey } = newVapidKeys()
    process.stdout.write(`VAPID_PUBLIC_KEY=${publicKey}\nVAPID_PRIVATE_KEY=${privateKey}\n`)
  },
}
