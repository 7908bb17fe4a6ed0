interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

const earthRadiusKm = 6371;

/** The distance of two points in degrees as the crow flies, on a ball: right to half a per cent. */
export function distanceKm(a: Point, b: Point): number {
  const [fromLatitude, toLatitude] = [toRadians(a.latitude), toRadians(b.latitude)];
  const half =
    Math.sin((toLatitude - fromLatitude) / 2) ** 2 +
    Math.cos(fromLatitude) * Math.cos(toLatitude) * Math.sin(toRadians(b.longitude - a.longitude) / 2) ** 2;
  return 2 * earthRadiusKm * Math.asin(Math.sqrt(half));
}

function toRadians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
