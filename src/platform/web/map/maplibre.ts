import { AttributionControl, Map as MapLibreMap, NavigationControl, ScaleControl, setWorkerUrl } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'

// The worker is a file of ours, of the same origin: the security policy needs to allow nothing more.
setWorkerUrl(workerUrl)

export { AttributionControl, MapLibreMap, NavigationControl, ScaleControl }
