/** The memory of the plain kernel, seen as numbers of each width. */
export class PlainMemory {
  u8 = new Uint8Array(0);
  u16 = new Uint16Array(0);
  u32 = new Uint32Array(0);
  i32 = new Int32Array(0);
  f32 = new Float32Array(0);

  /** Grows to at least this many bytes, in pages of 64 KiB, and keeps the content. */
  grow(wanted: number): ArrayBuffer {
    const bytes = this.u8.buffer;
    if (wanted <= bytes.byteLength) return bytes;
    const larger = new ArrayBuffer(Math.ceil(wanted / 65_536) * 65_536);
    new Uint8Array(larger).set(this.u8);
    this.u8 = new Uint8Array(larger);
    this.u16 = new Uint16Array(larger);
    this.u32 = new Uint32Array(larger);
    this.i32 = new Int32Array(larger);
    this.f32 = new Float32Array(larger);
    return larger;
  }
}
