/** Hocuspocus with its SQLite extension, as its own manual starts it. A process of its own, in the folder of the peers. */
interface Hocuspocus {
  readonly Server: new (
    options: unknown,
  ) => { listen(): Promise<unknown>; readonly address: { readonly port: number } };
}
interface Extension {
  readonly SQLite: new (options: unknown) => unknown;
}

// Named in variables: they are installed by the bench and are no dependencies of the project.
const [serverName, extensionName] = ['@hocuspocus/server', '@hocuspocus/extension-sqlite'];
const { Server } = (await import(serverName)) as Hocuspocus;
const { SQLite } = (await import(extensionName)) as Extension;

const database = `${process.env.DATA_DIR}/hocuspocus.sqlite`;
const server = new Server({
  port: Number(process.env.PORT),
  address: '127.0.0.1',
  quiet: true,
  extensions: [new SQLite({ database })],
});
await server.listen();
console.log(`running at http://127.0.0.1:${server.address.port}`);

export {};
