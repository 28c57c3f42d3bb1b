// Draws GeoJSON on a Leaflet map: points, outlines, a legend by group.
//
// <div data-map data-url="…"> or data-data-id naming a JSON script element.
// Each feature may have properties: label, url, group, colour, and context: drawn, but
// the map opens on the others. With data-picks, a feature's `pick` is what pressing it
// picks: the map fires "map:pick", and listens to "map:picked" (see adjust.js).
(function () {
  "use strict";

  // Told apart by people who do not see red and green alike, and dark enough on white.
  const COLOURS = ["#0f5f5c", "#b23a00", "#1d4f91", "#7a2a6b", "#5a5a00", "#8a1c1c", "#2f6b2f", "#444444"];

  document.querySelectorAll("[data-map]").forEach((place) => {
    load(place).then((shapes) => draw(place, shapes)).catch(() => {
      place.textContent = "The map could not be loaded. Everything on it is also in the table on this page.";
    });
  });

  function load(place) {
    const inPage = document.getElementById(place.dataset.dataId);
    if (inPage) return Promise.resolve(JSON.parse(inPage.textContent));
    return fetch(place.dataset.url, { headers: { Accept: "application/json" } }).then((response) => {
      if (!response.ok) throw new Error(String(response.status));
      return response.json();
    });
  }

  function draw(place, shapes) {
    const map = L.map(place, { scrollWheelZoom: false, zoomSnap: 0.25, preferCanvas: shapes.features.length > 500, attributionControl: Boolean(place.dataset.tileUrl) });
    if (place.dataset.tileUrl) {
      L.tileLayer(place.dataset.tileUrl, { attribution: place.dataset.tileAttribution, maxZoom: 20 }).addTo(map);
    }
    const groups = new Map();
    const isCrowded = shapes.features.length > 60;
    const picks = place.dataset.picks ? new Map() : null;
    L.geoJSON(shapes, {
      pointToLayer: (feature, where) => L.circleMarker(where, { radius: isCrowded ? 3.5 : 6 }),
      style: (feature) => style(feature, colourOf(groups, feature.properties || {}), isCrowded),
      onEachFeature: (feature, shape) => {
        const properties = feature.properties || {};
        if (picks && properties.pick) pickable(place, picks, properties, shape);
        else describe(properties, shape);
      },
    }).addTo(map);
    const subject = shapes.features.filter((feature) => !(feature.properties || {}).context);
    const bounds = L.geoJSON({ type: "FeatureCollection", features: subject }).getBounds();
    if (bounds.isValid()) map.fitBounds(bounds, { padding: [20, 20], maxZoom: 17 });
    else map.setView([53, -1.5], 6);
    legend(place, groups);
    if (picks) followPicks(place, picks);
    place.addEventListener("keydown", (event) => {
      if (event.key === "Escape") map.closePopup();
    });
  }

  function colourOf(groups, properties) {
    const group = properties.group || "";
    if (!groups.has(group)) {
      groups.set(group, properties.colour || COLOURS[groups.size % COLOURS.length]);
    }
    return properties.colour || groups.get(group);
  }

  function style(feature, colour, isCrowded) {
    const isPoint = feature.geometry && feature.geometry.type === "Point";
    return { color: isPoint ? "#ffffff" : colour, weight: isPoint ? (isCrowded ? 0.5 : 1.5) : 2, fillColor: colour, fillOpacity: isPoint ? 0.95 : 0.18 };
  }

  function pickable(place, picks, properties, shape) {
    picks.set(String(properties.pick), shape);
    const plain = document.createElement("span");
    plain.textContent = properties.label;
    shape.bindTooltip(plain);
    shape.on("click", () => {
      place.dispatchEvent(new CustomEvent("map:pick", { detail: { key: properties.pick, label: properties.label } }));
    });
  }

  function followPicks(place, picks) {
    const usual = new Map();
    place.addEventListener("map:picked", (event) => {
      const chosen = new Set(event.detail);
      picks.forEach((shape, key) => {
        if (!usual.has(key)) usual.set(key, { color: shape.options.color, weight: shape.options.weight, radius: shape.options.radius });
        const own = usual.get(key);
        const isPicked = chosen.has(key);
        shape.setStyle({ color: isPicked ? "#0b0c0c" : own.color, weight: isPicked ? 4 : own.weight });
        if (shape.setRadius) shape.setRadius(isPicked ? own.radius + 3 : own.radius);
        if (isPicked) shape.bringToFront();
      });
    });
    place.dispatchEvent(new CustomEvent("map:ready"));
  }

  function describe(properties, shape) {
    if (!properties.label) return;
    const text = document.createElement(properties.url ? "a" : "span");
    text.textContent = properties.label;
    if (properties.url) {
      text.href = properties.url;
      text.className = "govuk-link";
    }
    shape.bindPopup(text);
    const plain = document.createElement("span");
    plain.textContent = properties.label;
    shape.bindTooltip(plain);
    shape.on("add", () => {
      const path = shape.getElement && shape.getElement();
      if (!path) return;
      path.setAttribute("tabindex", "0");
      path.setAttribute("role", "button");
      path.setAttribute("aria-label", properties.label);
      path.addEventListener("keydown", (event) => {
        if (event.key === "Enter" || event.key === " ") {
          event.preventDefault();
          shape.openPopup();
        }
      });
    });
  }

  function legend(place, groups) {
    const list = document.querySelector('[data-legend-of="' + place.id + '"]');
    if (!list) return;
    groups.forEach((colour, group) => {
      if (!group) return;
      const item = document.createElement("li");
      const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      svg.setAttribute("class", "hp-map__swatch");
      svg.setAttribute("viewBox", "0 0 16 16");
      svg.setAttribute("aria-hidden", "true");
      const square = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      square.setAttribute("width", "16");
      square.setAttribute("height", "16");
      square.setAttribute("fill", colour);
      svg.append(square);
      item.append(svg, group);
      list.append(item);
    });
    if (!list.children.length) list.remove();
  }
})();
