import { contextBridge, ipcRenderer } from 'electron';
import {
  CONNECT_COMMANDS,
  CONNECT_EVENTS,
  type ConnectCommands,
  type ConnectEvents,
} from '#app/contract/connect-contract.ts';
import { createBridgeApi } from './create-bridge-api.ts';

contextBridge.exposeInMainWorld(
  'connect',
  createBridgeApi<ConnectCommands, ConnectEvents>(ipcRenderer, 'connect', CONNECT_COMMANDS, CONNECT_EVENTS),
);
