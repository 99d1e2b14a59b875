// What only a script can do: charts of courses by uPlot, whose colours follow the theme, variants
// that come and go in them, and the filter of figures. Plain JavaScript for the browser; the page
// says all that matters without it.

export const pageScript = String.raw`
'use strict';
(() => {
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const {variants, charts} = JSON.parse(one('#courses').textContent);
  document.documentElement.classList.add('scripted');
  for (const element of all('[data-scripted]')) element.hidden = false;

  // A custom property is told as it was written; canvas knows colours that were computed.
  const probe = document.body.appendChild(document.createElement('i'));
  probe.hidden = true;
  const colour = value => {
    probe.style.color = value;
    return getComputedStyle(probe).color;
  };
  const tinted = (value, share) =>
    colour(value).replace(/^rgba?\(([^,]+),([^,]+),([^,)]+).*/, 'rgba($1,$2,$3,' + share + ')');
  const shown = variants.map(variant => variant.shown);
  const drawn = [];

  const units = [
    [86400, 'd'],
    [3600, 'h'],
    [60, 'min'],
    [1, 's'],
  ];
  // Round parts of days and hours, where multiples of ten would be odd.
  const parts = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2];
  const steps = {
    s: [...parts, 5, 10, 15, 30, 60],
    min: [...parts, 5, 10, 15, 30, 60, 120],
    h: [...parts, 3, 6, 12, 24, 48],
    d: [...parts, 7, 14, 28, 56, 91, 182, 364, 728, 3640, 36400],
  };
  const timeUnit = range => units.find(([size]) => range >= 2 * size) || [1, 's'];
  const digits = value =>
    value === null || value === undefined ? '–' : String(Number(value.toPrecision(4)));

  function draw(place, chart) {
    const value = steps =>
      steps.map(step => (step === null ? null : chart.base + step * chart.step));
    const [size, unit] = chart.axis === 'time' ? timeUnit(chart.x[chart.x.length - 1]) : [1, '%'];
    const columns = [chart.x.map(x => (chart.axis === 'time' ? x / size : x * 100))];
    const series = [{}];
    const bands = [];
    const owner = [undefined];
    for (const [variant, mean, low, high] of chart.lines) {
      const {colour: name, round} = variants[variant];
      const line = {
        label: variants[variant].name,
        stroke: () => colour('var(--' + name + ')'),
        width: 2,
        dash: variants[variant].base ? [5, 4] : round === 0 ? undefined : [10, 3 * round],
        points: {show: chart.x.length === 1},
        show: shown[variant],
        spanGaps: true,
      };
      columns.push(value(mean));
      series.push(line);
      owner.push(variant);
      if (low === undefined) continue;
      const edge = {stroke: 'transparent', width: 0, points: {show: false}, show: shown[variant]};
      columns.push(value(high), value(low));
      series.push(edge, edge);
      owner.push(variant, variant);
      bands.push({
        series: [series.length - 2, series.length - 1],
        fill: () => tinted('var(--' + name + ')', 0.16),
      });
    }
    const read = one('.read', place.parentElement);
    const axis = {
      stroke: () => colour('var(--soft)'),
      grid: {stroke: () => colour('var(--line)'), width: 1},
      ticks: {stroke: () => colour('var(--line)'), width: 1, size: 5},
      font: '12px system-ui, sans-serif',
    };
    const plot = new uPlot(
      {
        width: place.clientWidth || 480,
        height: 230,
        series,
        bands,
        legend: {show: false},
        cursor: {
          points: {show: (u, i) => series[i].label !== undefined, size: 7},
          drag: {x: true, y: false},
          sync: {key: 'courses-' + chart.axis},
        },
        scales: {x: {time: false}},
        padding: [10, 14, 0, 0],
        axes: [
          {
            ...axis,
            size: 32,
            ...(chart.axis === 'time' ? {incrs: steps[unit]} : {}),
            values: (u, ticks) =>
              ticks.map((tick, i) => digits(tick) + (i === ticks.length - 1 ? ' ' + unit : '')),
          },
          {
            ...axis,
            size: (u, ticks) =>
              Math.max(40, 14 + 7 * Math.max(...(ticks || ['']).map(tick => tick.length))),
            values: (u, ticks) => ticks.map(tick => tick.toLocaleString('en')),
          },
        ],
        hooks: {setCursor: [u => tell(u)], drawClear: [veil]},
      },
      columns,
      place,
    );
    function veil(u) {
      // What a steady analysis leaves out.
      if (chart.from === undefined || chart.from <= chart.x[0]) return;
      const left = u.bbox.left;
      const right = u.valToPos(chart.from / size, 'x', true);
      u.ctx.fillStyle = colour('var(--panel)');
      u.ctx.fillRect(left, u.bbox.top, Math.min(right - left, u.bbox.width), u.bbox.height);
    }
    function tell(u) {
      const i = u.cursor.idx;
      read.textContent = '';
      if (i === null || i === undefined) return;
      read.append(digits(u.data[0][i]) + ' ' + unit);
      const told = chart.lines.map(([variant]) => variant).filter(variant => shown[variant]);
      for (const variant of told.slice(0, 8)) {
        const entry = document.createElement('b');
        entry.className = variants[variant].colour;
        entry.textContent = digits(u.data[owner.indexOf(variant)][i]);
        entry.title = variants[variant].name;
        read.append(entry);
      }
    }
    drawn.push({plot, owner, place});
    new ResizeObserver(() =>
      plot.setSize({width: place.clientWidth || 480, height: 230}),
    ).observe(place);
  }

  const waiting = new IntersectionObserver(
    entries => {
      for (const {isIntersecting, target} of entries) if (isIntersecting) drawSoon(target);
    },
    {rootMargin: '600px'},
  );
  function drawSoon(place) {
    if (place.dataset.drawn) return;
    place.dataset.drawn = 'yes';
    waiting.unobserve(place);
    draw(place, charts[Number(place.dataset.course)]);
  }
  const places = all('[data-course]');
  for (const place of places) waiting.observe(place);

  for (const button of all('[data-variant]')) {
    const variant = Number(button.dataset.variant);
    button.addEventListener('click', () => {
      shown[variant] = !shown[variant];
      button.setAttribute('aria-pressed', shown[variant]);
      for (const {plot, owner} of drawn)
        owner.forEach((own, i) => {
          if (own === variant) plot.setSeries(i, {show: shown[variant]});
        });
    });
  }

  const redraw = () => {
    for (const {plot} of drawn) plot.redraw(false);
  };
  for (const input of all('.theme input')) input.addEventListener('change', redraw);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
  addEventListener('beforeprint', () => {
    places.forEach(drawSoon);
    redraw();
  });
  addEventListener('afterprint', redraw);

  const figures = all('details.one');
  const search = one('#search');
  const found = one('#found');
  const differing = one('#differing');
  function filter() {
    const words = search.value
      .toLowerCase()
      .replaceAll('_', ' ')
      .split(/\s+/)
      .filter(word => word !== '');
    let count = 0;
    for (const figure of figures) {
      const fits =
        words.every(word => figure.dataset.name.includes(word)) &&
        (!differing.checked || figure.dataset.differs === '1');
      figure.hidden = !fits;
      if (fits) count++;
    }
    found.textContent = count + ' of ' + figures.length + ' figures';
  }
  if (search) {
    search.addEventListener('input', filter);
    differing.addEventListener('change', filter);
    for (const button of all('[data-open]'))
      button.addEventListener('click', () => {
        for (const figure of figures)
          if (!figure.hidden) figure.open = button.dataset.open === '1';
      });
    filter();
  }
})();
`;
