// 挂牌: first where the phone stands, then the photos.

import './here.js';
import './ahead.js';
