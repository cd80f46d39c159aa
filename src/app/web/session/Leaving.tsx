import { Modal } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { waitingHere } from '../../../offline/web/outbox-here.ts'
import { network } from '../../../platform/web/api/network.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { useSignal } from '../../../platform/web/api/signal.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { plural } from '../../../platform/web/text/typography.ts'
import { leave, leaving, logOut, logOutWhenBack, stay } from './log-out.ts'

/** Between the gesture of leaving and the departure: drafts are sent first, and what cannot be sent is said. */
export function Leaving(): ReactNode {
  const state = useSignal(leaving)
  const lost = useSignal(network) === 'lost'
  const { userId } = useActor()
  const waiting = useSignal(waitingHere).length
  const decides = state === 'unsent' || state === 'sealed'
  useEffect(() => (decides ? logOutWhenBack(userId) : undefined), [decides, userId])
  return (
    <Modal opened={state !== null} onClose={stay} withCloseButton={decides} closeOnClickOutside={false} closeOnEscape={decides} title="Se déconnecter" centered>
      {state === 'sealed' ? (
        <>
          <p>
            <b>
              {plural(waiting, 'élément')} écrit{waiting > 1 ? 's' : ''} sans réseau attend{waiting > 1 ? 'ent' : ''} encore ici.
            </b>{' '}
            Si vous partez, rien n’est perdu{'\u00a0'}: cela reste scellé sur cet appareil, illisible pour tous, et part à votre prochaine connexion ici. Les
            dossiers emportés s’effacent.{lost ? ' Sans réseau, votre session se ferme sur le serveur au premier contact, avant toute autre page.' : ''}
          </p>
          <div className="row wrap" style={{ marginTop: 18, justifyContent: 'flex-end' }}>
            <Button onClick={() => void leave(userId)}>Partir, l’envoi attendra</Button>
            <Button onClick={() => void logOut(userId)}>Réessayer</Button>
            <Button main onClick={stay}>
              Rester connecté
            </Button>
          </div>
        </>
      ) : state === 'unsent' ? (
        <>
          <p>
            <b>Ce que vous avez tapé n’est pas encore en lieu sûr.</b> Un brouillon au moins n’a pas pu être envoyé au serveur
            {lost ? '\u00a0: le réseau est perdu' : ''}. Si vous partez maintenant, il est effacé de cet ordinateur et perdu.
          </p>
          <p className="small mut" style={{ marginTop: 6 }}>
            {lost
              ? 'Sans réseau, votre session ne peut pas non plus être fermée sur le serveur\u00a0: elle le sera au premier contact de ce navigateur. Si vous attendez, la déconnexion se fait seule au retour du réseau.'
              : 'Restez connecté pour le copier ou l’envoyer, ou réessayez dans un instant.'}
          </p>
          <div className="row wrap" style={{ marginTop: 18, justifyContent: 'flex-end' }}>
            <Button alert onClick={() => void leave(userId)}>
              Partir sans ces brouillons
            </Button>
            <Button onClick={() => void logOut(userId)}>Réessayer</Button>
            <Button main onClick={stay}>
              Rester connecté
            </Button>
          </div>
        </>
      ) : (
        <p role="status">Vos brouillons sont envoyés au serveur, puis la session se ferme.</p>
      )}
    </Modal>
  )
}
