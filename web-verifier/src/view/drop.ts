import type { Given, GivenFile } from '../engine/engine.ts'

/** What a browser hands over of a drop. Everything must be asked for before the event's function returns. */
export async function givenByDrop(data: DataTransfer): Promise<Given> {
  const items = [...data.items].filter(({ kind }) => kind === 'file')
  // From a file: page Chromium reads dropped entries only by handle; the entries of the older interface all fail there.
  const handles = items.map((item) => handleOf(item))
  const entries = items.map((item) => item.webkitGetAsEntry?.() ?? null)
  const files = [...data.files]
  const found = await Promise.all(handles.map((handle) => handle?.catch(() => null) ?? null))
  // Of a file that lies nowhere (dragged out of another page) Chromium gives neither a handle nor null.
  const usable = found.flatMap((handle) => (handle instanceof FileSystemHandle ? [handle] : []))
  if (usable.length > 0 && usable.length === items.length) return { from: 'handles', handles: usable }
  const walked: GivenFile[] = []
  const failed: string[] = []
  for (const entry of entries) if (entry !== null) await walk(entry, walked, failed)
  if (walked.length > 0 && failed.length === 0) return { from: 'files', files: walked }
  // A dropped folder stands among the files as one that cannot be read: its own entry says so.
  const folders = new Set(entries.flatMap((entry) => (entry?.isDirectory === true ? [entry.name] : [])))
  const plain = files.filter(({ name }) => !folders.has(name)).map((file) => ({ path: file.name, file }))
  if (plain.length === 0 || folders.size > 0) throw new Error('the browser did not hand over what was dropped')
  return { from: 'files', files: plain }
}

interface WithHandle {
  getAsFileSystemHandle?(): Promise<FileSystemHandle | null>
}

function handleOf(item: DataTransferItem): Promise<FileSystemHandle | null> | null {
  return (item as DataTransferItem & WithHandle).getAsFileSystemHandle?.() ?? null
}

async function walk(entry: FileSystemEntry, files: GivenFile[], failed: string[]): Promise<void> {
  const path = entry.fullPath.replace(/^\//, '')
  try {
    if (entry.isFile) {
      const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))
      files.push({ path, file })
      return
    }
    const reader = (entry as FileSystemDirectoryEntry).createReader()
    // Hands over about a hundred at a time, and an empty list at the end.
    for (;;) {
      const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
      if (batch.length === 0) return
      for (const child of batch) await walk(child, files, failed)
    }
  } catch {
    failed.push(path)
  }
}

/** What a file or folder button holds. The button is empty then: Firefox puts what is picked next into the same list. */
export function givenByInput(input: HTMLInputElement): Given {
  const { files } = input
  input.files = new DataTransfer().files
  return { from: 'picked', files: files ?? [] }
}
