import { useId, type ReactNode } from "react";

interface Props {
  label: string;
  required?: boolean;
  error?: string;
  help?: string | null;
  wide?: boolean;
  children: (id: string) => ReactNode;
}

/** A name above its input, help and what is wrong below. */
export function FieldBox({ label, required, error, help, wide, children }: Props) {
  const id = useId();
  return (
    <div className={`field ${wide ? "wide" : ""}`}>
      <label className="name" htmlFor={id}>
        {label}
        {required && <span className="must" aria-hidden="true">*</span>}
      </label>
      {children(id)}
      {error ? (
        <span className="said" role="alert">
          {error}
        </span>
      ) : (
        help && <span className="help">{help}</span>
      )}
    </div>
  );
}
