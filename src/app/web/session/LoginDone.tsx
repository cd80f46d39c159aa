import { type ReactNode, useEffect } from 'react'
import { type SessionNews, sessionChannel } from './load-session.ts'

/** Where the small window of SessionLost comes back: it tells the tabs, and closes. */
export function LoginDone(): ReactNode {
  useEffect(() => {
    document.title = 'Connexion faite – Jalon'
    sessionChannel().postMessage('signed-in' satisfies SessionNews)
    const timer = setTimeout(() => window.close(), 150)
    return () => clearTimeout(timer)
  }, [])
  return (
    <main style={{ maxWidth: 420, margin: '14vh auto', padding: 16 }}>
      <h1>Vous êtes reconnecté</h1>
      <p className="mut" style={{ marginTop: 8 }}>
        Revenez à votre page, elle vous a attendu. Cette fenêtre peut être fermée. <a href="/">Ouvrir Jalon ici</a>
      </p>
    </main>
  )
}
