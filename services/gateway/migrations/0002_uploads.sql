-- What was uploaded, by whom. `preview`: a smaller, re-encoded image is kept under the id in `preview_id`.
create table uploads (
    file_id uuid primary key,
    uploader text not null,
    name text not null,
    media_type text not null,
    size bigint not null,
    width integer,
    height integer,
    preview_id uuid,
    uploaded_at timestamptz not null
);
create index uploads_uploader on uploads (uploader, uploaded_at);
