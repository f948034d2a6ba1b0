export {
  type ObservableLike,
  rxjsObservableAdapter,
  rxjsSubjectAdapter,
  type StreamOptions,
  type SubjectLike,
} from '../adapters/rxjs'
