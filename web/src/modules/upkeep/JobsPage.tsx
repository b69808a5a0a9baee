import { useEffect } from "react";
import { Link } from "react-router-dom";
import { put } from "@/api/client";
import { cache, useDo, useGet } from "@/api/hooks";
import type { Job, Jobs, JobsRetried } from "@/api/types";
import { showInstant } from "@/base/dates";
import { showCount, showInteger } from "@/base/numbers";
import { Page } from "@/frame/Page";
import { t } from "@/texts";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/controls";
import { Fault } from "@/ui/Fault";
import { Empty, State } from "@/ui/Panel";
import { toast } from "@/ui/toast";
import "./upkeep.css";

/** While something waits, how it goes is looked at again this often. */
const lookAgain = 3_000;

/** What the server does beside its answers: what failed, why, and once more; what still waits. */
export function JobsPage() {
  const jobs = useGet<Jobs>("/jobs");
  const state = jobs.data;
  const failed = state?.failed_count.number ?? 0;
  useEffect(() => {
    if (!state || state.waiting_count.number === 0) return;
    const clock = setTimeout(() => void cache.load("/jobs"), lookAgain);
    return () => clearTimeout(clock);
  }, [state]);
  useEffect(() => void cache.load("/menu"), [failed]);
  const retry = useDo(
    (job: Job) => put(`/jobs/${job.id}/retry`),
    () => {
      cache.invalidate("/jobs");
      toast.done(t("jobs.retried"));
    },
  );
  const retryAll = useDo(
    () => put<JobsRetried>("/jobs/retry"),
    (again) => {
      cache.invalidate("/jobs");
      toast.done(t("jobs.all_retried", { count: showInteger(again.jobs) }));
    },
  );
  return (
    <Page title={t("jobs.title")} under={t("jobs.help")} actions={failed > 0 && <Button look="primary" onClick={() => void retryAll.run()} loading={retryAll.running}>{t("jobs.retry_all")}</Button>}>
      <Fault error={retry.error ?? retryAll.error} />
      <State of={jobs} isEmpty={state && state.failed.length + state.waiting.length === 0} empty={<Empty title={t("jobs.none")}>{t("jobs.none_help")}</Empty>}>
        {(all) => (
          <>
            <section>
              <h2>{t("jobs.failed", { count: showCount(all.failed_count) })}</h2>
              {all.failed.length === 0 && <p className="quiet">{t("jobs.none_failed")}</p>}
              <Rows jobs={all.failed} retry={(job) => void retry.run(job)} />
              {all.failed_count.number > all.failed.length && <p className="small quiet">{t("jobs.newest", { count: showInteger(all.failed.length) })}</p>}
            </section>
            {all.waiting.length > 0 && (
              <section>
                <h2>{t("jobs.waiting", { count: showCount(all.waiting_count) })}</h2>
                <Rows jobs={all.waiting} />
                {all.waiting_count.number > all.waiting.length && <p className="small quiet">{t("jobs.next", { count: showInteger(all.waiting.length) })}</p>}
              </section>
            )}
          </>
        )}
      </State>
    </Page>
  );
}

function Rows({ jobs, retry }: { jobs: Job[]; retry?: (job: Job) => void }) {
  return (
    <ul className="upkeep-list">
      {jobs.map((job) => (
        <li key={job.id}>
          <div className="grow">
            <div>
              <span className="strong">{job.label}</span> <JobBadge job={job} />
            </div>
            {job.file && <div><About file={job.file} /></div>}
            {job.error && <div className="small quiet">{job.error}</div>}
          </div>
          <div className="upkeep-facts small">
            {job.tries > 0 && <span>{t("jobs.tries", { count: showInteger(job.tries) })}</span>}
            <span>{t("jobs.since", { at: showInstant(job.created_at) })}</span>
          </div>
          {retry && <Button size="small" onClick={() => retry(job)} aria-label={t("jobs.retry_one", { what: `${job.label} ${job.file?.name ?? job.id}` })}>{t("jobs.retry")}</Button>}
        </li>
      ))}
    </ul>
  );
}

function About({ file }: { file: NonNullable<Job["file"]> }) {
  if (!file.name) return <span className="quiet">{t("jobs.file_unseen", { number: String(file.id) })}</span>;
  return file.record ? <Link to={`/records/${file.record}`}>{file.name}</Link> : <>{file.name}</>;
}

function JobBadge({ job }: { job: Job }) {
  if (job.state === "given_up") return <Badge tone="red-outline">{t("jobs.state.given_up")}</Badge>;
  if (job.state === "failed") return <Badge tone="amber">{t("jobs.state.failed", { at: showInstant(job.due_at) })}</Badge>;
  return job.state === "running" ? <Badge tone="blue">{t("jobs.state.running")}</Badge> : <Badge tone="grey">{t("jobs.state.waiting")}</Badge>;
}
