import { attachmentLimits } from '../../contract/attachment.ts'
import { saveFile } from '../api/client.ts'

/** A file ready to leave: bytes as base64. */
export interface FileToSend {
  readonly name: string
  readonly content: string
  readonly byteLength: number
}

/** Pixels of the longest side that a photograph keeps: a prescription on a whole page stays readable. */
const longestSide = 2400

/**
 * Reads a file that was chosen. A photograph is drawn again, smaller: what its camera wrote beside it (place, hour) stays in the telephone. Throws an Error
 * with words for its user when it is empty, too heavy, or no picture.
 */
export async function readFileToSend(file: File): Promise<FileToSend> {
  if (file.size === 0) throw new Error(`« ${file.name} » est vide.`)
  const isPhotograph = file.type === 'image/jpeg' || file.type === 'image/webp' || file.type === 'image/heic'
  const blob = isPhotograph ? await drawnAgain(file) : file
  if (blob.size > attachmentLimits.bytes) throw new Error(`« ${file.name} » est trop lourd : 8 Mo au plus.`)
  const name = (isPhotograph && blob !== file ? file.name.replace(/\.(webp|heic)$/i, '.jpg') : file.name).replace(/[\\/]/g, '-').slice(-120)
  return { name, content: await base64Of(blob), byteLength: blob.size }
}

async function drawnAgain(file: File): Promise<Blob> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null)
  if (picture === null) throw new Error(`« ${file.name} » ne se lit pas comme une image.`)
  const scale = Math.min(1, longestSide / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(picture.width * scale)
  canvas.height = Math.round(picture.height * scale)
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
  picture.close()
  return (await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', 0.85))) ?? file
}

async function base64Of(blob: Blob): Promise<string> {
  const url = await new Promise<string>((done, failed) => {
    const reader = new FileReader()
    reader.onload = () => done(String(reader.result))
    reader.onerror = () => failed(new Error('Ce fichier ne se lit pas.'))
    reader.readAsDataURL(blob)
  })
  return url.slice(url.indexOf(',') + 1)
}

/** The bytes of an attachment as the browser shows or saves them. */
export function blobOf({ content, mediaType }: { readonly content: string; readonly mediaType: string }): Blob {
  return new Blob([Uint8Array.from(atob(content), (char) => char.charCodeAt(0))], { type: mediaType })
}

/** Gives an opened attachment to the user, under its name. */
export function saveAttachment(opened: { readonly name: string; readonly content: string; readonly mediaType: string }): void {
  saveFile(blobOf(opened), opened.name)
}
