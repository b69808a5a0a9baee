// What waits for a second person and what only some people meet once: a first password to change, a deputy to be confirmed, work handed
// over, the strip of one who acts for another.
import { expectAccessible } from "./axe.mjs";
import { day, desktop, expect, person, phone, picture, settled, test, visit } from "./office.mjs";

const sizes = [["desktop", desktop], ["phone", phone]];

/** Asks the server as the person of this page does. */
export function ask(page, method, path, body) {
    return page.evaluate(
        async ([method, path, body]) => {
            const session = await (await fetch("/api/session")).json();
            const answer = await fetch(path, {
                method,
                headers: { "Content-Type": "application/json", "X-Csrf-Token": session.csrf, "Idempotency-Key": crypto.randomUUID() },
                body: body && JSON.stringify(body),
            });
            if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
            return answer.status === 204 ? undefined : await answer.json();
        },
        [method, path, body],
    );
}

const iso = (from_today) => day(from_today).split("/").reverse().join("-");

async function firstPassword(office) {
    const administrator = await person(office, "quantri");
    const accounts = await ask(administrator.page, "GET", "/api/accounts?q=cv.cntt4");
    const account = accounts.items[0];
    const { first_password } = await ask(administrator.page, "POST", `/api/accounts/${account.id}/password-reset`);
    for (const [size, viewport] of sizes) {
        const { page, leave } = await person(office, account.login, viewport, first_password);
        await page.getByRole("heading", { name: "Đổi mật khẩu" }).or(page.getByText("mật khẩu mới")).first().waitFor();
        await settled(page);
        await picture(page, `first-password-${size}`);
        await expectAccessible(page, "the first password");
        await leave();
    }
    await administrator.leave();
}

async function deputy(office) {
    const leader = await person(office, "lanhdao");
    const session = await ask(leader.page, "GET", "/api/session");
    const deputy = await person(office, "chanhvp");
    const other = await ask(deputy.page, "GET", "/api/session");
    await ask(leader.page, "POST", "/api/acting", {
        post: session.post,
        deputy: other.person.id,
        valid_from: iso(0),
        valid_to: iso(3),
        basis: "Đi công tác, Quyết định số 12/QĐ-BM",
    });
    const confirmer = await person(office, "quantri2");
    for (const [size, viewport] of sizes) {
        await confirmer.page.setViewportSize(viewport);
        await visit(office, confirmer.page, "/organisation/right-changes");
        await picture(confirmer.page, `right-change-waits-${size}`);
        await expectAccessible(confirmer.page, "a change of rights that waits");
    }
    const waiting = await ask(confirmer.page, "GET", "/api/right-changes?state=waiting");
    expect(waiting.length > 0, "no change of rights waits");
    await ask(confirmer.page, "PUT", `/api/right-changes/${waiting[0].id}/decision`, { confirmed: true });
    const held = (await ask(deputy.page, "GET", "/api/session")).posts.find((each) => each.acting_for);
    expect(held, "the deputy holds no post for another");
    await ask(deputy.page, "PUT", "/api/session/post", { post: held.id });
    for (const [size, viewport] of sizes) {
        await deputy.page.setViewportSize(viewport);
        await visit(office, deputy.page, "/inbox");
        await deputy.page.locator(".frame-acting").waitFor();
        await picture(deputy.page, `acting-${size}`);
        await expectAccessible(deputy.page, "acting for another");
    }
    for (const each of [leader, deputy, confirmer]) await each.leave();
}

async function handOver(office) {
    const administrator = await person(office, "quantri");
    const [from, to] = [await person(office, "cv.pc1"), await person(office, "cv.pc2")];
    const giver = (await ask(from.page, "GET", "/api/session")).person.id;
    const receiver = (await ask(to.page, "GET", "/api/session")).person.id;
    // Work belongs to posts; what was given to the person by name is what moves.
    const leader = await person(office, "lanhdao");
    const record = (await ask(leader.page, "GET", "/api/registers/incoming/records?state=registered")).items[0];
    const work = { version: record.version, instruction: "Nghiên cứu, báo cáo Bộ.", lead: [{ kind: "person", id: giver }] };
    await ask(leader.page, "POST", `/api/records/${record.id}/assignments`, work);
    await leader.leave();
    await ask(administrator.page, "POST", "/api/hand-overs", { from: giver, to: receiver, all: true });
    for (const [who, signed] of [["administrator", administrator], ["giver", from]])
        for (const [size, viewport] of sizes) {
            await signed.page.setViewportSize(viewport);
            await visit(office, signed.page, "/organisation/hand-overs");
            await picture(signed.page, `hand-over-waits-${who}-${size}`);
            await expectAccessible(signed.page, "a hand-over that waits");
        }
    for (const each of [administrator, from, to]) await each.leave();
}

export async function waiting(office) {
    await test("a first password is changed at the first sign-in", () => firstPassword(office));
    await test("work handed over waits for the two who confirm it", () => handOver(office));
    await test("a deputy is proposed, confirmed by another and acts", () => deputy(office));
}
