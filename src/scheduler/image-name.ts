/**
 * `:latest` is added when no tag stands after the last slash; a digest keeps its name
 * (ImageLocality's normalizedImageName).
 */
export function imageName(name: string): string {
  return name.lastIndexOf(':') > name.lastIndexOf('/') ? name : `${name}:latest`;
}
