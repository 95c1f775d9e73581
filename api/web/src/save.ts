/** Files and the clipboard. */

import { csv, type Table } from './drawn'

export function saveTable(table: Table): void {
  save('tradegraph.csv', new Blob([csv(table)], { type: 'text/csv;charset=utf-8' }))
}

export function saveSvg(picture: SVGSVGElement): void {
  save('tradegraph.svg', svgBlob(picture))
}

export async function savePng(picture: SVGSVGElement): Promise<void> {
  const address = URL.createObjectURL(svgBlob(picture))
  try {
    const image = new Image()
    image.src = address
    await image.decode()
    const canvas = document.createElement('canvas')
    const scale = 2
    canvas.width = picture.width.baseVal.value * scale
    canvas.height = picture.height.baseVal.value * scale
    const context = canvas.getContext('2d')
    context?.scale(scale, scale)
    context?.drawImage(image, 0, 0)
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'))
    if (blob) save('tradegraph.png', blob)
  } finally {
    URL.revokeObjectURL(address)
  }
}

function svgBlob(picture: SVGSVGElement): Blob {
  return new Blob([new XMLSerializer().serializeToString(picture)], { type: 'image/svg+xml' })
}

function save(name: string, blob: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 1000)
}
