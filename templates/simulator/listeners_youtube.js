// YouTube videos, by the player's own API, which the page or this listener loads from YouTube.

const YOUTUBE = /\/\/www\.youtube(-nocookie)?\.com\//;
const PLAYER = { UNSTARTED: -1, ENDED: 0, PLAYING: 1, PAUSED: 2, BUFFERING: 3 };

function listenToVideos(runtime, trigger, key) {
  const settings = runtime.variables.resolve(parametersOf(trigger));
  const byTime = settings.radioButtonGroup1 === 'TIME_ELAPSED';
  const progress = isTrue(settings.captureProgress);
  const wanted = {
    key,
    start: isTrue(settings.captureStart),
    complete: isTrue(settings.captureComplete),
    pause: isTrue(settings.capturePause),
    percents: progress && !byTime ? wholeNumbers(settings.progressThresholdsPercent, 100) : [],
    seconds: progress && byTime ? wholeNumbers(settings.progressThresholdsTimeInSeconds, 1e9) : [],
    addsApi: isTrue(settings.fixMissingApi),
  };
  const listens = wanted.start || wanted.complete || wanted.pause
    || wanted.percents.length || wanted.seconds.length;
  if (listens) whenYoutubeIsReady(wanted, () => watchPlayers(runtime, wanted));
}

const wholeNumbers = (list, most) => String(list || '').split(',').map((text) => parseInt(text, 10))
  .filter((number) => number >= 0 && number <= most);

function whenYoutubeIsReady(wanted, action) {
  if (window.YT) {
    if (window.YT.ready) window.YT.ready(action);
    return;
  }
  const before = window.onYouTubeIframeAPIReady;
  window.onYouTubeIframeAPIReady = function () {
    if (before) before();
    action();
  };
  window.setTimeout(() => loadYoutube(wanted), 0);
}

/* Only for a page with a player, and when nothing else loads it. */
function loadYoutube(wanted) {
  const loaded = Array.from(document.scripts).some(
    (script) => YOUTUBE.test(script.src) && /(iframe|player)_api/.test(script.src));
  const hasPlayer = Array.from(document.querySelectorAll('iframe'))
    .some((frame) => hasApi(frame, wanted.addsApi));
  if (loaded || !hasPlayer) return;
  listeners.startOnce('youtube api', () => {
    const script = document.createElement('script');
    script.async = true;
    script.src = 'https://www.youtube.com/iframe_api';
    document.head.appendChild(script);
  });
}

/* Whether scripts can hear a player; adds what is missing when the trigger says so. */
function hasApi(frame, adds) {
  const source = attribute(frame, 'src');
  if (!YOUTUBE.test(source) || !/\/embed\//.test(source)) return false;
  if (source.includes('enablejsapi=1')) return true;
  if (!adds) return false;
  const origin = source.includes('origin=') ? ''
    : `&origin=${encodeURIComponent(window.location.origin)}`;
  frame.setAttribute('src', `${source}${source.includes('?') ? '&' : '?'}enablejsapi=1${origin}`);
  return true;
}

function watchPlayers(runtime, wanted) {
  const seen = new WeakSet();
  const collect = () => document.querySelectorAll('iframe').forEach((frame) => {
    if (seen.has(frame)) return;
    seen.add(frame);
    if (!hasApi(frame, wanted.addsApi)) return;
    if (!frame.id) frame.id = `tagkit-video-${runtime.nextHtmlId()}`;
    const player = (window.YT.get && window.YT.get(frame.id)) || new window.YT.Player(frame.id);
    new VideoWatch(runtime, player, frame, wanted).start();
  });
  collect();
  whenDomChanges(collect);
}

class VideoWatch {
  constructor(runtime, player, frame, wanted) {
    Object.assign(this, { runtime, player, frame, wanted });
    this.video = { url: '', title: '', duration: 0 };
    this.rate = 1;
    this.marks = [];
    this.timer = 0;
    this.state = 'idle';
    this.elapsed = 0;
  }

  start() {
    this.player.addEventListener('onStateChange', (event) => this.changed(event.data));
    this.player.addEventListener('onPlaybackRateChange', (event) => {
      this.measure();
      this.rate = event.data;
      this.schedule();
    });
  }

  changed(state) {
    if (state === PLAYER.UNSTARTED) this.reset();
    else if (state === PLAYER.PLAYING) this.play();
    else if (state === PLAYER.ENDED && this.state !== 'idle') this.end();
    else if (state === PLAYER.PAUSED || state === PLAYER.BUFFERING) this.pause(state);
  }

  reset() {
    this.stopTimer();
    this.state = 'idle';
  }

  play() {
    if (this.state === 'idle') {
      const data = this.player.getVideoData ? this.player.getVideoData() : null;
      this.video = {
        url: this.player.getVideoUrl(), title: data ? data.title : '',
        duration: Math.round(this.player.getDuration()),
      };
      this.elapsed = 0;
      this.marks = this.marksOf(this.player.getDuration());
      if (this.wanted.start) this.push('start');
    }
    this.state = 'playing';
    this.rate = this.player.getPlaybackRate ? this.player.getPlaybackRate() : 1;
    this.measure();
    this.schedule();
  }

  /* Where the player is and when it was there. */
  measure() {
    if (this.state === 'playing' && this.since) {
      this.elapsed += ((Date.now() - this.since) * this.rate) / 1000;
    }
    this.position = this.player.getCurrentTime();
    this.since = Date.now();
  }

  /* A jump of more than a second against the clock is a seek (from the notes of the API). */
  pause(state) {
    if (this.state !== 'playing') return;
    const played = ((Date.now() - this.since) / 1000) * this.rate;
    const jumped = Math.abs(played - (this.player.getCurrentTime() - this.position)) > 1;
    const paused = state === PLAYER.PAUSED ? 'pause' : 'buffering';
    this.measure();
    this.stopTimer();
    this.state = 'paused';
    if (this.wanted.pause && this.player.getCurrentTime()) this.push(jumped ? 'seek' : paused);
  }

  /* What progress is still due comes before the end. */
  end() {
    this.stopTimer();
    this.marks.splice(0).forEach((mark) => this.push('progress', mark));
    this.reset();
    if (this.wanted.complete) this.push('complete', { percent: 1 });
  }

  marksOf(duration) {
    const percents = this.wanted.percents.map((number) => (
      { at: (number / 100) * duration, percent: number / 100 }));
    const seconds = this.wanted.seconds.map((number) => ({ at: number, seconds: number }));
    return percents.concat(seconds).filter((mark) => mark.at <= duration)
      .sort((a, b) => a.at - b.at);
  }

  schedule() {
    this.stopTimer();
    if (this.state !== 'playing' || this.rate === 0) return;
    while (this.marks.length && this.marks[0].at < this.player.getCurrentTime()) this.marks.shift();
    const [next] = this.marks;
    if (!next) return;
    const wait = ((next.at - this.player.getCurrentTime()) / this.rate) * 1000;
    this.timer = window.setTimeout(() => {
      if (this.marks[0] === next) {
        this.marks.shift();
        this.push('progress', next);
      }
      this.schedule();
    }, wait);
  }

  stopTimer() {
    window.clearTimeout(this.timer);
    this.timer = 0;
  }

  push(status, mark = {}) {
    const { url, title, duration } = this.video;
    const time = Math.round(mark.seconds !== undefined ? mark.seconds
      : mark.percent !== undefined ? duration * mark.percent : this.player.getCurrentTime());
    const percent = mark.percent !== undefined ? Math.round(100 * mark.percent)
      : duration > 0 ? Math.round((time / duration) * 100) : 0;
    listeners.push({
      ...elementData('gtm.video', this.frame, [this.wanted.key]),
      'gtm.videoProvider': 'youtube',
      'gtm.videoStatus': status,
      'gtm.videoUrl': url,
      'gtm.videoTitle': title,
      'gtm.videoDuration': duration,
      'gtm.videoCurrentTime': time,
      'gtm.videoElapsedTime': Math.round(this.elapsed),
      'gtm.videoPercent': percent,
      'gtm.videoVisible': !document.hidden && ratioInView(this.frame) >= 0.5,
    });
  }
}
