// Shows a glTF model in its figure: drag, pinch, arrow keys, plus, minus, Home, or the buttons. Nothing moves by itself.
import {
  Box3, DirectionalLight, GLTFLoader, HemisphereLight, OrbitControls, PerspectiveCamera, Scene, SRGBColorSpace,
  Vector3, WebGLRenderer,
} from "../vendor/three/three-viewer.min.js";

const STEP = Math.PI / 12;
const KEYS = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down", "+": "in", "=": "in", "-": "out", Home: "reset" };

export async function show(figure) {
  const { scene: model } = await new GLTFLoader().loadAsync(figure.dataset.model);
  const stage = figure.querySelector(".model-viewer__stage");
  const renderer = new WebGLRenderer({ antialias: true, alpha: true, preserveDrawingBuffer: true });
  renderer.outputColorSpace = SRGBColorSpace;
  renderer.setPixelRatio(Math.min(window.devicePixelRatio, 2));
  const scene = lit(model);
  const camera = new PerspectiveCamera(35, 1, 0.01, 10000);
  const controls = new OrbitControls(camera, renderer.domElement);
  controls.enableDamping = false;
  const draw = () => renderer.render(scene, camera);
  const reset = frame(model, camera, controls);
  controls.addEventListener("change", draw);
  name(renderer.domElement, figure);
  stage.replaceChildren(renderer.domElement);
  new ResizeObserver(() => fit(stage, renderer, camera, draw)).observe(stage);
  fit(stage, renderer, camera, draw);
  connect(figure, renderer.domElement, camera, controls, reset);
}

function lit(model) {
  const scene = new Scene();
  const sun = new DirectionalLight(0xffffff, 1.9);
  sun.position.set(0.6, 1, 0.8);
  scene.add(model, new HemisphereLight(0xf4faff, 0x9a9586, 1.15), sun);
  return scene;
}

function frame(model, camera, controls) {
  const box = new Box3().setFromObject(model);
  const middle = box.getCenter(new Vector3());
  const reach = box.getSize(new Vector3()).length();
  camera.near = reach / 200;
  camera.far = reach * 20;
  controls.minDistance = reach / 4;
  controls.maxDistance = reach * 4;
  const reset = () => {
    controls.target.copy(middle);
    camera.position.copy(middle).add(new Vector3(-0.5, 0.62, 1.02).multiplyScalar(reach));
    camera.updateProjectionMatrix();
    controls.update();
  };
  reset();
  return reset;
}

function name(canvas, figure) {
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-label", `${figure.dataset.label} ${figure.dataset.help}`);
}

function fit(stage, renderer, camera, draw) {
  const { clientWidth: width, clientHeight: height } = stage;
  if (!width || !height) return;
  renderer.setSize(width, height, false);
  camera.aspect = width / height;
  camera.updateProjectionMatrix();
  draw();
}

function connect(figure, canvas, camera, controls, reset) {
  const turn = (sideways, upwards) => {
    const offset = camera.position.clone().sub(controls.target);
    const length = offset.length();
    const around = Math.atan2(offset.x, offset.z) + sideways;
    const above = Math.min(1.5, Math.max(0.02, Math.asin(offset.y / length) + upwards));
    offset.set(Math.sin(around) * Math.cos(above), Math.sin(above), Math.cos(around) * Math.cos(above)).multiplyScalar(length);
    camera.position.copy(controls.target).add(offset);
    controls.update();
  };
  const move = (factor) => {
    const offset = camera.position.clone().sub(controls.target).multiplyScalar(factor);
    offset.clampLength(controls.minDistance, controls.maxDistance);
    camera.position.copy(controls.target).add(offset);
    controls.update();
  };
  const doing = {
    left: () => turn(-STEP, 0), right: () => turn(STEP, 0), up: () => turn(0, STEP), down: () => turn(0, -STEP),
    in: () => move(0.85), out: () => move(1.18), reset,
  };
  figure.querySelector(".model-viewer__tools").hidden = false;
  figure.querySelector("[role=status]").textContent = figure.dataset.help;
  figure.addEventListener("click", (event) => doing[event.target.closest("[data-do]")?.dataset.do]?.());
  canvas.addEventListener("keydown", (event) => {
    const action = KEYS[event.key];
    if (!action || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    doing[action]();
  });
  canvas.focus();
}
