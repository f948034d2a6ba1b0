import { playheadEnhancer, reduxAdapter } from '@playhead/sdk/redux'
import {
  type Action,
  applyMiddleware,
  configureStore,
  createAsyncThunk,
  createListenerMiddleware,
  createSlice,
  legacy_createStore as createStore,
  type Middleware,
} from '@reduxjs/toolkit'
import { createApi, fakeBaseQuery } from '@reduxjs/toolkit/query'
import { describe, expect, it, vi } from 'vitest'
import { pass, recording, story } from './testing/recording'

const load = createAsyncThunk('todos/load', async (id: number) => ({ id }))
const fail = createAsyncThunk('todos/fail', async () => {
  throw new Error('no')
})
const todos = createSlice({
  name: 'todos',
  initialState: { n: 0 },
  reducers: {
    add: state => {
      state.n++
    },
    toast: state => {
      state.n += 100
    },
  },
})
const { add, toast } = todos.actions

/** A store as the Toolkit makes it, with everything that dispatches by itself. `arrived`: the types that came to the last middleware. */
function app(enhanced: { playhead: ReturnType<typeof playheadEnhancer>; middleware?: boolean }) {
  const arrived: string[] = []
  const listeners = createListenerMiddleware()
  listeners.startListening({
    actionCreator: add,
    effect: async (_action, { dispatch, delay }) => {
      await delay(1)
      dispatch(toast())
    },
  })
  const api = createApi({
    baseQuery: fakeBaseQuery(),
    endpoints: build => ({ list: build.query<number[], void>({ queryFn: () => ({ data: [1, 2] }) }) }),
  })
  const store = configureStore({
    reducer: { todos: todos.reducer, [api.reducerPath]: api.reducer },
    middleware: defaults => {
      const last: Middleware = () => next => action => {
        arrived.push((action as Action).type)
        return next(action)
      }
      const first: Middleware = enhanced.middleware ? enhanced.playhead.middleware : () => next => next
      return defaults().prepend(first, listeners.middleware).concat(api.middleware, last)
    },
    enhancers: defaults => defaults().concat(enhanced.playhead),
  })
  arrived.length = 0
  return { store, api, arrived }
}

async function use({ store, api }: ReturnType<typeof app>) {
  store.dispatch(add())
  await store.dispatch(load(7))
  await store.dispatch(fail())
  store.dispatch(dispatch => dispatch(add()))
  await store.dispatch(api.endpoints.list.initiate())
  await pass(20)
}

describe('Redux Toolkit', () => {
  it.each([
    ['alone', false],
    ['with its middleware', true],
  ])('records every action that comes to the reducers, in their order: the enhancer %s', async (_how, middleware) => {
    const playhead = playheadEnhancer()
    const here = app({ playhead, middleware })
    const recorder = recording()
    recorder.attach(playhead, { source: 'store' })
    await use(here)
    const types = recorder.history.getEvents().map(event => event.type)
    // The middleware sees those, too, that other middleware takes for itself.
    const reached = types.filter(type => !/internal_probe|Subscription/i.test(type) || here.arrived.includes(type))
    // What middleware dispatches before it passes an action on comes to the reducers first, and has that action as its cause.
    expect(middleware ? reached.sort() : reached).toEqual(middleware ? here.arrived.sort() : here.arrived)
    expect(here.arrived.length).toBeGreaterThan(9)
    expect(recorder.history.statistics().missing).toBe(0)
  })

  it('names the start of a request as the cause of its end', async () => {
    const playhead = playheadEnhancer()
    const here = app({ playhead })
    const recorder = recording()
    recorder.attach(playhead)
    await use(here)
    expect(story(recorder)).toEqual(
      expect.arrayContaining([
        'todos/load/pending>todos/load/fulfilled',
        'todos/fail/pending>todos/fail/rejected',
        'api/executeQuery/pending>api/executeQuery/fulfilled',
      ]),
    )
  })

  it('counts the actions before it was attached', () => {
    const playhead = playheadEnhancer()
    const { store } = app({ playhead })
    const before = recording()
    store.dispatch(add())
    store.dispatch(add())
    before.attach(playhead)
    store.dispatch(toast())
    const { emitted, missing } = before.history.statistics()
    // The store of the Toolkit's query makes one when it begins.
    expect([emitted - missing, missing >= 2, story(before)]).toEqual([1, true, ['todos/toast']])
  })

  it.each([false, true])('records each action once, wherever it stands among the enhancers; first: %s', first => {
    const playhead = playheadEnhancer()
    const store = configureStore({
      reducer: todos.reducer,
      devTools: false,
      enhancers: defaults => (first ? defaults().prepend(playhead) : defaults().concat(playhead)),
    })
    const recorder = recording()
    recorder.attach(playhead)
    store.dispatch(add())
    store.dispatch((dispatch: typeof store.dispatch) => dispatch(add()))
    store.replaceReducer(todos.reducer)
    store.dispatch(toast())
    expect(story(recorder)).toEqual(['todos/add', 'todos/add', 'todos/toast'])
  })

  it('replays through all middleware', () => {
    const playhead = playheadEnhancer()
    const { store, arrived } = app({ playhead, middleware: true })
    recording().attach(playhead)
    playhead.replay?.({ type: 'todos/add', source: '', payload: undefined })
    expect([store.getState().todos.n, arrived.at(-1)]).toEqual([1, 'todos/add'])
  })

  it('warns where the adapter of the store cannot see what middleware dispatches', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    vi.resetModules()
    const fresh = await import('@playhead/sdk/redux')
    const recorder = recording()
    recorder.attach(fresh.reduxAdapter(createStore(todos.reducer)))
    expect(warn).not.toHaveBeenCalled()
    const logger = () => (next: (action: unknown) => unknown) => (action: unknown) => next(action)
    recorder.attach(fresh.reduxAdapter(createStore(todos.reducer, applyMiddleware(logger as never))))
    expect(warn.mock.calls.flat().join()).toContain('playheadEnhancer()')
    warn.mockRestore()
    expect(reduxAdapter).toBeTypeOf('function')
  })
})
