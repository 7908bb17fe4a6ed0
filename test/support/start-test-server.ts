export default function () {
  return async () => {};
}
