// The name by which an image is found on a node, as ImageLocality's normalizedImageName: `:latest`
// is added when no tag stands after the last slash; a digest keeps its name.

export function imageName(name: string): string {
  return name.lastIndexOf(':') > name.lastIndexOf('/') ? name : `${name}:latest`;
}
