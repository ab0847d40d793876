#!/usr/bin/python3
"""What PyTorch makes of optimizers, schedules, losses and gradient clipping; LAMB, LARS and the focal loss, which it lacks,
written out from their papers. Needs Debian's python3-torch (1.13).

usage: optim.py > optim.json
"""
import json, math, sys, warnings
import numpy as np, torch
from torch.optim import lr_scheduler as schedulers

warnings.simplefilter("ignore")
torch.manual_seed(7); torch.set_num_threads(1)
STEPS, SHOWN = 20, (1, 2, 5, 10, 20)
start = [torch.randn(3, 4), torch.randn(4)]             # a weight, and a bias or norm parameter
start[0][1, 2] = 0
grads = [[torch.randn(3, 4) * 0.5 + 0.1, torch.randn(4) * 0.5] for _ in range(STEPS)]
def rate(lr, step): return lr * (1 - 0.03 * (step - 1))  # as a schedule has it
def flat(tensors): return [float(v) for t in tensors for v in np.asarray(t).reshape(-1)]

cases = []
def torchs(kind, name, lr, wd=0.0, spare=False, ours={}, **how):
    params = [torch.nn.Parameter(t.clone()) for t in start]
    made = kind([dict(params=params[:1]), dict(params=params[1:], weight_decay=0.0 if spare else wd)], lr=lr, weight_decay=wd, foreach=False, **how)
    after = {}
    for step in range(1, STEPS + 1):
        for group in made.param_groups: group["lr"] = rate(lr, step)
        for p, g in zip(params, grads[step - 1]): p.grad = g.clone()
        made.step()
        if step in SHOWN: after[step] = flat(p.detach() for p in params)
    keep(name, lr, wd, spare, ours, after)
def keep(name, lr, wd, spare, ours, after):
    cases.append(dict(optimizer={"is": name, "learningRate": lr, "weightDecay": wd, "decayNormAndBias": not spare, **ours}, after=after))

sgd = lambda **how: torchs(torch.optim.SGD, "Sgd", 0.05, **how)
sgd(); sgd(wd=0.1); sgd(wd=0.1, momentum=0.9, ours=dict(momentum=0.9))
sgd(wd=0.1, momentum=0.9, nesterov=True, ours=dict(momentum=0.9, nesterov=True))
sgd(momentum=0.8, dampening=0.3, ours=dict(momentum=0.8, dampening=0.3)); sgd(wd=0.1, spare=True)
for kind, name in (torch.optim.Adam, "Adam"), (torch.optim.AdamW, "AdamW"):
    torchs(kind, name, 0.01); torchs(kind, name, 0.01, wd=0.1); torchs(kind, name, 0.01, wd=0.1, spare=True)
    torchs(kind, name, 0.01, betas=(0.8, 0.95), eps=1e-3, ours=dict(beta1=0.8, beta2=0.95, epsilon=1e-3))
rms = lambda **how: torchs(torch.optim.RMSprop, "RMSprop", 0.01, **how)
rms(); rms(wd=0.1, alpha=0.9, eps=1e-4, ours=dict(alpha=0.9, epsilon=1e-4)); rms(centered=True, alpha=0.9, ours=dict(centered=True, alpha=0.9))
rms(momentum=0.9, centered=True, wd=0.1, alpha=0.9, ours=dict(momentum=0.9, centered=True, alpha=0.9)); rms(momentum=0.5, ours=dict(momentum=0.5))

norm = lambda v: float(np.sqrt((v * v).sum()))
def written(update, name, lr, wd, spare=False, zero=False, **ours):
    params, state, after = [t.numpy().astype(np.float64) for t in start], [[0.0, 0.0], [0.0, 0.0]], {}
    for step in range(1, STEPS + 1):
        for i, g in enumerate(grads[step - 1]):
            params[i] = update(params[i], g.numpy().astype(np.float64), state[i], step, rate(lr, step), wd, spare and i == 1, **ours)
        if step in SHOWN: after[step] = flat(params)
    keep(name, lr, wd, spare, ours, after)
def lamb(x, g, s, t, lr, wd, spared, beta1=0.9, beta2=0.999, epsilon=1e-6):     # arXiv 1904.00962, algorithm 2
    s[0] = beta1 * s[0] + (1 - beta1) * g
    s[1] = beta2 * s[1] + (1 - beta2) * g * g
    r = s[0] / (1 - beta1 ** t) / (np.sqrt(s[1] / (1 - beta2 ** t)) + epsilon)
    if spared: return x - lr * r
    return x - lr * norm(x) / norm(r + wd * x) * (r + wd * x)
def lars(w, g, s, t, lr, wd, spared, momentum=0.9, trustCoefficient=0.001):     # arXiv 1708.03888, algorithm 1
    local = 1 if spared else trustCoefficient * norm(w) / (norm(g) + wd * norm(w))
    s[0] = momentum * s[0] + lr * local * (g if spared else g + wd * w)
    return w - s[0]
written(lamb, "Lamb", 0.01, 0.0); written(lamb, "Lamb", 0.01, 0.1); written(lamb, "Lamb", 0.01, 0.1, spare=True)
written(lamb, "Lamb", 0.02, 0.01, beta1=0.8, beta2=0.95, epsilon=1e-3)
written(lars, "Lars", 1.0, 0.0); written(lars, "Lars", 1.0, 0.1, trustCoefficient=0.02); written(lars, "Lars", 0.1, 0.1, spare=True, momentum=0.5)

courses = []
def course(ours, make, steps, each, by="step", losses=None):
    made = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)
    scheduler, factors = make(made), []
    for step in range(1, steps + 1):
        factors.append(made.param_groups[0]["lr"])
        if step == steps: break                          # there is none after the last
        made.step()
        if by == "step": scheduler.step()
        elif by == "part": scheduler.step(step / each)
        elif step % each == 0: scheduler.step(*([losses[step // each - 1]] if losses else []))
    courses.append(dict(schedule=ours, steps=steps, stepsPerEpoch=each, losses=losses or [], factors=factors))

course({"is": "Step", "stepSize": 3, "gamma": 0.5}, lambda o: schedulers.StepLR(o, 3, 0.5), 40, 4, "epoch")
course({"is": "MultiStep", "milestones": [2, 3, 7], "gamma": 0.3}, lambda o: schedulers.MultiStepLR(o, [2, 3, 7], 0.3), 40, 4, "epoch")
course({"is": "Exponential", "gamma": 0.8}, lambda o: schedulers.ExponentialLR(o, 0.8), 40, 4, "epoch")
for first, times, floor in (3, 1, 0.0), (1, 2, 0.0), (2, 3, 0.1):
    course({"is": "CosineWarmRestarts", "firstCycle": first, "multiplier": times, "floor": floor},
           lambda o: schedulers.CosineAnnealingWarmRestarts(o, first, times, floor), 60, 4, "part")
for steps, pct, div, final, how in (40, 0.3, 25.0, 1e4, "cos"), (37, 0.25, 10.0, 100.0, "cos"), (40, 0.3, 25.0, 1e4, "linear"), (12, 1.0, 4.0, 10.0, "cos"), (12, 0.0, 4.0, 10.0, "cos"):
    course({"is": "OneCycle", "pctStart": pct, "divFactor": div, "finalDivFactor": final, "annealStrategy": how.capitalize()},
           lambda o: schedulers.OneCycleLR(o, 1.0, steps, pct_start=pct, div_factor=div, final_div_factor=final, anneal_strategy=how, cycle_momentum=False), steps, 4)
for power in 1.0, 0.5, 2.0:
    course({"is": "Polynomial", "power": power}, lambda o: schedulers.PolynomialLR(o, 40, power), 40, 4)
course({"is": "LinearWarmup", "epochs": 2.5}, lambda o: schedulers.LinearLR(o, 1 / 3, 1.0, 10), 40, 4)
course({"is": "LinearWarmup", "startFactor": 0.01, "epochs": 1}, lambda o: schedulers.LinearLR(o, 0.01, 1.0, 4), 40, 4)
falling = [2.0, 1.5, 1.5, 1.6, 1.49999, 1.4, 1.4, 1.4, 1.4, 1.4, 1.4, 1.3, 1.3, 1.3, 1.3, 1.3, 1.3, 1.3, 1.3, 1.3]
for patience, threshold, mode, cooldown, least in (1, 1e-4, "rel", 0, 0.0), (2, 1e-6, "rel", 2, 0.0), (0, 0.05, "abs", 1, 0.1), (1, 0.1, "rel", 0, 0.03):
    course({"is": "ReduceOnPlateau", "factor": 0.5, "patience": patience, "threshold": threshold, "thresholdMode": mode.capitalize(), "cooldown": cooldown, "minFactor": least},
           lambda o: schedulers.ReduceLROnPlateau(o, "min", 0.5, patience, threshold, mode, cooldown, least, eps=0), 40, 2, "epoch", falling)

losses = []
logits = torch.randn(5, 4) * 3
hard = torch.nn.functional.one_hot(torch.tensor([0, 3, 1, 1, 2]), 4).float()
soft = torch.softmax(torch.randn(5, 4), 1)
def loss(ours, call):
    for targets in hard, soft:
        x = logits.double().requires_grad_()
        each = call(x, targets.double()); each.sum().backward()
        losses.append(dict(loss=ours, logits=flat([logits]), targets=flat([targets]), values=flat([each.detach()]), slopes=flat([x.grad])))
for share in 0.0, 0.1, 0.4:
    loss({"is": "CrossEntropy", "labelSmoothing": share}, lambda x, t: torch.nn.functional.cross_entropy(x, t, label_smoothing=share, reduction="none"))
for gamma in 0.0, 0.5, 2.0, 5.0:                         # arXiv 1708.02002, equation 4, summed over soft targets
    loss({"is": "Focal", "gamma": gamma}, lambda x, t: -(t * (1 - torch.softmax(x, 1)) ** gamma * torch.log_softmax(x, 1)).sum(1))

clips = []
for limit in 0.25, 1.0, 100.0:
    params = [torch.nn.Parameter(t.clone()) for t in start]
    for p, g in zip(params, grads[0]): p.grad = g.clone()
    length = torch.nn.utils.clip_grad_norm_(params, limit)
    clips.append(dict(limit=limit, length=float(length), clipped=flat(p.grad for p in params)))

json.dump(dict(torch=torch.__version__, start=flat(start), gradients=[flat(g) for g in grads], optimizers=cases, schedules=courses, losses=losses, clips=clips), sys.stdout)
