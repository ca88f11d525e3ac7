/* doorstep.h - a neighbourhood's front door: for strangers, for who takes part, for its host. */
#ifndef NABIJ_DOORSTEP_H
#define NABIJ_DOORSTEP_H

#include "house/ctx.h"
#include "house/route.h"

handler places_home, place_show, about_show, health_show;
handler today_show, host_show;

#endif
