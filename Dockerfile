# One image for every process; the command says which one it is.
FROM node:24-bookworm-slim AS build
WORKDIR /oneshelf
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:24-bookworm-slim
WORKDIR /oneshelf
ENV NODE_ENV=production
COPY --from=build --chown=node:node /oneshelf /oneshelf
USER node
ENTRYPOINT ["node", "oneshelf.ts"]
CMD ["gateway"]
