import type { Map as MapLibre } from 'maplibre-gl'
import { readColours } from './palette.ts'

const size = 16

/** Drawn patterns for what must be told without its colour: holes are hatched one way, overlaps both ways. */
export function addHatches(map: MapLibre): void {
  const { colours } = readColours()
  add(map, 'hole', colours.ground, colours.alertLine, false)
  add(map, 'overlap', colours.warningTint, colours.warningLine, true)
}

function add(map: MapLibre, name: string, ground: string, line: string, crossed: boolean): void {
  const canvas = document.createElement('canvas')
  canvas.width = size
  canvas.height = size
  const pen = canvas.getContext('2d')
  if (pen === null) return
  pen.fillStyle = ground
  pen.fillRect(0, 0, size, size)
  pen.strokeStyle = line
  pen.lineWidth = 1.2
  for (const shift of [-size, 0, size]) {
    pen.beginPath()
    pen.moveTo(shift, size)
    pen.lineTo(shift + size, 0)
    if (crossed) {
      pen.moveTo(shift, 0)
      pen.lineTo(shift + size, size)
    }
    pen.stroke()
  }
  if (map.hasImage(name)) map.removeImage(name)
  map.addImage(name, pen.getImageData(0, 0, size, size))
}
