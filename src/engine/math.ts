// The only home of log, exp and pow. ECMAScript leaves their last bit to the engine (and compilers
// may fuse its C++), while + - * / and sqrt are exact everywhere. So they are built here from those
// alone, after Sun's fdlibm (e_log.c, e_exp.c: below 1 ulp), and give the same bits on any
// platform.

const float = new Float64Array(1);
const words = new Int32Array(float.buffer);
const highWord = new Uint8Array(new Int32Array([1]).buffer)[0] === 1 ? 1 : 0;
const lowWord = 1 - highWord;

const ln2High = 0.6931471803691238;
const ln2Low = 1.9082149292705877e-10;
const log2OfE = Math.LOG2E;
const two54 = 2 ** 54;

/**
 * x = 2^k (1 + f) with sqrt(1/2) < 1 + f < sqrt(2); log(1 + f) = 2s + s R(s²) with s = f / (2 + f),
 * R a polynomial of degree 14 (fdlibm's e_log.c).
 */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : Number.NaN;
  if (x === Infinity) return x;
  let k = 0;
  if (x < 2.2250738585072014e-308) {
    x *= two54;
    k = -54;
  }
  float[0] = x;
  const high = words[highWord];
  const mantissa = high & 0xfffff;
  const halve = (mantissa + 0x95f64) & 0x100000;
  words[highWord] = mantissa | (halve ^ 0x3ff00000);
  k += (high >> 20) - 1023 + (halve >> 20);
  const f = float[0] - 1;
  if (f === 0) return k === 0 ? 0 : k * ln2High + k * ln2Low;

  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const odd = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const even =
    z *
    (0.6666666666666735 +
      w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  const rest = odd + even;
  const half = 0.5 * f * f;
  return k * ln2High - (half - (s * (half + rest) + k * ln2Low) - f);
}

/**
 * x = k ln2 + r with |r| <= ln2 / 2; exp(r) = 1 + 2r / (R(r²) - r), R a polynomial of degree 5
 * (fdlibm's e_exp.c).
 */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019411) return 0;
  const k = Math.floor(x * log2OfE + 0.5);
  const high = x - k * ln2High;
  const low = k * ln2Low;
  const r = high - low;
  const t = r * r;
  const c =
    r -
    t *
      (0.16666666666666602 +
        t *
          (-0.0027777777777015593 +
            t * (6.613756321437934e-5 + t * (-1.6533902205465252e-6 + t * 4.1381367970572385e-8))));
  const y = 1 - (low - (r * c) / (2 - c) - high);
  return scaleByPowerOfTwo(y, k);
}

/**
 * Whole exponents by repeated squaring; others as exp(y log x), whose relative error grows to
 * |y log x| ulps: more than enough for chance, too little for money.
 */
export function pow(x: number, y: number): number {
  if (Number.isInteger(y) && Math.abs(y) <= 1024) return wholePower(x, y);
  if (x === 0) return y > 0 ? 0 : Infinity;
  return exp(y * log(x));
}

function wholePower(x: number, y: number): number {
  let result = 1;
  let square = x;
  for (let rest = Math.abs(y); rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result *= square;
    square *= square;
  }
  return y < 0 ? 1 / result : result;
}

function scaleByPowerOfTwo(y: number, k: number): number {
  // In two steps where the result, or the power itself, lies outside the normal range.
  if (k > 1023) return y * 2 * powerOfTwo(k - 1);
  if (k < -1021) return y * powerOfTwo(k + 1000) * powerOfTwo(-1000);
  return y * powerOfTwo(k);
}

function powerOfTwo(k: number): number {
  words[highWord] = (k + 1023) << 20;
  words[lowWord] = 0;
  return float[0];
}
