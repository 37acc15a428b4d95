-- Written by the program as of commit a60e58f, which gave the schema no version.
BEGIN TRANSACTION;
CREATE TABLE assets (
	file_name VARCHAR NOT NULL, 
	original_name TEXT NOT NULL, 
	source_url TEXT NOT NULL, 
	media_type VARCHAR, 
	size INTEGER, 
	used BOOLEAN DEFAULT 1 NOT NULL, 
	created_at DOUBLE NOT NULL, 
	PRIMARY KEY (file_name)
);
INSERT INTO "assets" VALUES('a4a6e34c-0fd7-4c65-b36f-a85b7db7175e.jpg','flux_sign_diffusion.jpg','https://assets.rapidata.ai/flux_sign_diffusion.jpg',NULL,NULL,1,1800000120.0);
INSERT INTO "assets" VALUES('5c6c19ba-7350-413b-b899-05625ecc4dda.jpg','mj_sign_diffusion.jpg','https://assets.rapidata.ai/mj_sign_diffusion.jpg',NULL,NULL,1,1800000120.0);
CREATE TABLE assignments (
	job_id VARCHAR NOT NULL, 
	labeler_id VARCHAR NOT NULL, 
	user_score DOUBLE NOT NULL, 
	position INTEGER, 
	due DOUBLE NOT NULL, 
	answered INTEGER NOT NULL, 
	PRIMARY KEY (job_id, labeler_id), 
	FOREIGN KEY(job_id) REFERENCES jobs (id) ON DELETE CASCADE, 
	FOREIGN KEY(labeler_id) REFERENCES labelers (id)
);
INSERT INTO "assignments" VALUES('job_4d5b4e217007','sim_00000',0.9128,NULL,3.0,1);
INSERT INTO "assignments" VALUES('job_4d5b4e217007','sim_00001',0.6853,NULL,3.0,2);
INSERT INTO "assignments" VALUES('job_4d5b4e217007','sim_00002',0.8051,NULL,3.0,1);
INSERT INTO "assignments" VALUES('job_4d5b4e217007','sim_00003',0.6866,NULL,3.0,1);
INSERT INTO "assignments" VALUES('job_4d5b4e217007','sim_00004',0.8589,NULL,3.0,2);
INSERT INTO "assignments" VALUES('job_4d5b4e217007','sim_00005',0.8946,NULL,3.0,2);
INSERT INTO "assignments" VALUES('job_d0036b32acfd','sim_00000',0.6,NULL,11.0,0);
INSERT INTO "assignments" VALUES('job_d0036b32acfd','sim_00001',0.6,NULL,11.0,0);
INSERT INTO "assignments" VALUES('job_d0036b32acfd','sim_00002',0.6,NULL,11.0,1);
INSERT INTO "assignments" VALUES('job_d0036b32acfd','sim_00003',0.6,NULL,11.0,0);
INSERT INTO "assignments" VALUES('job_d0036b32acfd','sim_00004',0.6,NULL,11.0,1);
INSERT INTO "assignments" VALUES('job_d0036b32acfd','sim_00005',0.6,NULL,11.0,0);
INSERT INTO "assignments" VALUES('job_925c07ba5646','sim_00000',0.9128,2,8.99385638091426242723e-01,0);
INSERT INTO "assignments" VALUES('job_925c07ba5646','sim_00001',0.6853,0,7.88552171532400758557e-01,0);
INSERT INTO "assignments" VALUES('job_925c07ba5646','sim_00002',0.8051,1,1.01846346836368528698e+00,0);
INSERT INTO "assignments" VALUES('job_925c07ba5646','sim_00003',0.6866,2,9.28676400043233707393e-01,0);
INSERT INTO "assignments" VALUES('job_925c07ba5646','sim_00004',0.8589,2,9.90058591321702485821e-01,0);
INSERT INTO "assignments" VALUES('job_925c07ba5646','sim_00005',0.8946,0,7.29436820281019082656e-01,0);
INSERT INTO "assignments" VALUES('job_925c07ba5646','sim_00006',0.8725,2,9.28762358468662840849e-01,0);
INSERT INTO "assignments" VALUES('job_925c07ba5646','sim_00007',0.8061,1,1.2746546404189955659e+00,0);
INSERT INTO "assignments" VALUES('job_925c07ba5646','sim_00008',0.7177,2,1.51285998196655357972e+00,0);
INSERT INTO "assignments" VALUES('job_925c07ba5646','sim_00009',0.7929,0,1.35950554557393310517e+00,0);
INSERT INTO "assignments" VALUES('job_925c07ba5646','sim_00010',0.815,1,0.958956527762151,0);
INSERT INTO "assignments" VALUES('job_925c07ba5646','sim_00011',0.7714,0,1.23273701612258146376e+00,0);
INSERT INTO "assignments" VALUES('job_925c07ba5646','sim_00012',0.8861,2,5.83473019068820653032e-01,0);
INSERT INTO "assignments" VALUES('job_925c07ba5646','sim_00013',0.8656,0,8.78503545821086362366e-01,0);
INSERT INTO "assignments" VALUES('job_925c07ba5646','sim_00014',0.7068,1,8.75931308012142251229e-01,0);
INSERT INTO "assignments" VALUES('job_925c07ba5646','sim_00015',0.7307,1,1.03958563778092738516e+00,0);
INSERT INTO "assignments" VALUES('job_925c07ba5646','sim_00016',0.8712,1,0.575290931656044,0);
INSERT INTO "assignments" VALUES('job_925c07ba5646','sim_00017',0.8185,0,1.39797285581260477549e+00,0);
INSERT INTO "assignments" VALUES('job_925c07ba5646','sim_00018',0.7812,1,1.36183775512573390642e+00,0);
INSERT INTO "assignments" VALUES('job_925c07ba5646','sim_00019',0.0352,2,5.1984290192440241185e-01,0);
INSERT INTO "assignments" VALUES('job_925c07ba5646','sim_00020',0.4345,2,8.30107547563728065398e-01,0);
INSERT INTO "assignments" VALUES('job_925c07ba5646','sim_00021',0.9082,0,9.36855183749596642783e-01,0);
INSERT INTO "assignments" VALUES('job_925c07ba5646','sim_00022',0.7888,0,9.26400222435024733869e-01,0);
INSERT INTO "assignments" VALUES('job_925c07ba5646','sim_00023',0.6593,1,9.21555768783551720879e-01,0);
CREATE TABLE audiences (
	id VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	base_id VARCHAR, 
	name TEXT NOT NULL, 
	description TEXT, 
	status VARCHAR NOT NULL, 
	filters JSON NOT NULL, 
	graduation_rule JSON NOT NULL, 
	leave_after INTEGER, 
	drop_min_responses INTEGER NOT NULL, 
	drop_score DOUBLE NOT NULL, 
	created_at DOUBLE NOT NULL, 
	recruiting_since DOUBLE, 
	crowd_size INTEGER NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "audiences" VALUES('global','global',NULL,'Global','Everyone: the broadest pool of labelers, ready for any simple task.','Ready','[]','{"_t": "TaskAccuracy", "targetAccuracy": 0.75, "minTasks": 10, "maxTasks": null}',NULL,3,0.2,0.0,NULL,0);
INSERT INTO "audiences" VALUES('aud_alignment','curated',NULL,'Alignment','Labelers trained to judge how well an image or video follows its prompt.','Ready','[]','{"_t": "TaskAccuracy", "targetAccuracy": 0.75, "minTasks": 10, "maxTasks": null}',NULL,3,0.2,0.0,NULL,0);
INSERT INTO "audiences" VALUES('aud_959c5778c7e4','custom',NULL,'Readers',NULL,'Ready','[]','{"_t": "TaskAccuracy", "targetAccuracy": 0.75, "minTasks": 3, "maxTasks": 3}',10,3,0.2,1800000000.0,1800000000.0,6);
INSERT INTO "audiences" VALUES('aud_5eeb862e10e1','custom',NULL,'Empty',NULL,'Created','[]','{"_t": "TaskAccuracy", "targetAccuracy": 0.75, "minTasks": 3, "maxTasks": 3}',10,3,0.2,1800000120.0,NULL,0);
CREATE TABLE batch_uploads (
	id VARCHAR NOT NULL, 
	correlation_id VARCHAR, 
	outcomes JSON NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "batch_uploads" VALUES('bup_1c12f3da5c6c','d7254fa0-8634-48af-8f67-e767b9d5b160','[{"url": "https://assets.rapidata.ai/flux_sign_diffusion.jpg", "status": "Completed", "fileName": "a4a6e34c-0fd7-4c65-b36f-a85b7db7175e.jpg", "warnings": []}, {"url": "https://assets.rapidata.ai/mj_sign_diffusion.jpg", "status": "Completed", "fileName": "5c6c19ba-7350-413b-b899-05625ecc4dda.jpg", "warnings": []}]');
CREATE TABLE candidates (
	audience_id VARCHAR NOT NULL, 
	labeler_id VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	answered INTEGER NOT NULL, 
	correct INTEGER NOT NULL, 
	joined_at DOUBLE NOT NULL, 
	decided_at DOUBLE, 
	next_due DOUBLE, 
	PRIMARY KEY (audience_id, labeler_id), 
	FOREIGN KEY(audience_id) REFERENCES audiences (id) ON DELETE CASCADE, 
	FOREIGN KEY(labeler_id) REFERENCES labelers (id)
);
INSERT INTO "candidates" VALUES('aud_959c5778c7e4','sim_00000','Graduated',3,3,1.8000000007153496742e+09,1.80000000260412120825e+09,NULL);
INSERT INTO "candidates" VALUES('aud_959c5778c7e4','sim_00001','Graduated',3,3,1.80000000124288511271e+09,1.80000000272292160988e+09,NULL);
INSERT INTO "candidates" VALUES('aud_959c5778c7e4','sim_00002','Graduated',3,3,1800000000.12507,1.80000000275101208679e+09,NULL);
INSERT INTO "candidates" VALUES('aud_959c5778c7e4','sim_00003','Graduated',3,3,1800000001.41876,1.80000000360109257699e+09,NULL);
INSERT INTO "candidates" VALUES('aud_959c5778c7e4','sim_00004','Graduated',3,3,1.80000000084816837303e+09,1.80000000211336135856e+09,NULL);
INSERT INTO "candidates" VALUES('aud_959c5778c7e4','sim_00005','Graduated',3,3,1.80000000014972186086e+09,1.80000000169947862622e+09,NULL);
CREATE TABLE datapoints (
	id VARCHAR NOT NULL, 
	dataset_id VARCHAR NOT NULL, 
	sort_index INTEGER NOT NULL, 
	arrived_at DOUBLE NOT NULL, 
	item_names JSON NOT NULL, 
	context TEXT, 
	segments JSON, 
	group_name VARCHAR, 
	private_metadata JSON, 
	PRIMARY KEY (id), 
	FOREIGN KEY(dataset_id) REFERENCES datasets (id) ON DELETE CASCADE
);
INSERT INTO "datapoints" VALUES('dpt_aa3087696f6d','dst_eb4a55da63a4',0,1800000120.0,'["first text 0", "second text 0"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "first text 0"}, {"_t": "TextAssetInput", "text": "second text 0"}]}}]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_8b4b8f87da9e','dst_eb4a55da63a4',1,1800000120.0,'["first text 1", "second text 1"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "first text 1"}, {"_t": "TextAssetInput", "text": "second text 1"}]}}]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_cf4c62ac7708','dst_eb4a55da63a4',2,1800000120.0,'["first text 2", "second text 2"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "first text 2"}, {"_t": "TextAssetInput", "text": "second text 2"}]}}]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_782b4036b12e','dst_0f683456cc33',0,1800000120.0,'["a4a6e34c-0fd7-4c65-b36f-a85b7db7175e.jpg", "5c6c19ba-7350-413b-b899-05625ecc4dda.jpg"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "ExistingAssetInput", "name": "a4a6e34c-0fd7-4c65-b36f-a85b7db7175e.jpg"}, {"_t": "ExistingAssetInput", "name": "5c6c19ba-7350-413b-b899-05625ecc4dda.jpg"}]}}]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_4ab521eb0c2e','dst_0b6a8db662ba',0,1800000154.0,'["a", "b"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "a"}, {"_t": "TextAssetInput", "text": "b"}]}}]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_412a73d9f183','dst_a30f28b67bb4',0,1800000164.0,'["one 0", "two 0"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "one 0"}, {"_t": "TextAssetInput", "text": "two 0"}]}}]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_0f1597f59ac8','dst_a30f28b67bb4',1,1800000164.0,'["one 1", "two 1"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "one 1"}, {"_t": "TextAssetInput", "text": "two 1"}]}}]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_1bfa5395e3bc','dst_a30f28b67bb4',2,1800000164.0,'["one 2", "two 2"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "one 2"}, {"_t": "TextAssetInput", "text": "two 2"}]}}]',NULL,'null');
CREATE TABLE dataset_groups (
	dataset_id VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	context TEXT, 
	segments JSON NOT NULL, 
	PRIMARY KEY (dataset_id, name), 
	FOREIGN KEY(dataset_id) REFERENCES datasets (id) ON DELETE CASCADE
);
INSERT INTO "dataset_groups" VALUES('dst_0b6a8db662ba','dataset_groups_name','dataset_groups_context','[]');
CREATE TABLE datasets (
	id VARCHAR NOT NULL, 
	name TEXT NOT NULL, 
	schema JSON, 
	created_at DOUBLE NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "datasets" VALUES('dst_eb4a55da63a4','Texts_dataset','null',1800000120.0);
INSERT INTO "datasets" VALUES('dst_0f683456cc33','Pictures_dataset','null',1800000120.0);
INSERT INTO "datasets" VALUES('dst_0b6a8db662ba','Draft_dataset','null',1800000154.0);
INSERT INTO "datasets" VALUES('dst_a30f28b67bb4','Halfway_dataset','null',1800000164.0);
CREATE TABLE definitions (
	id VARCHAR NOT NULL, 
	name TEXT NOT NULL, 
	created_at DOUBLE NOT NULL, 
	deleted_at DOUBLE, 
	PRIMARY KEY (id)
);
INSERT INTO "definitions" VALUES('jdf_8949517d6bbc','Texts',1800000120.0,NULL);
INSERT INTO "definitions" VALUES('jdf_fa1edd0297c7','Pictures',1800000120.0,NULL);
INSERT INTO "definitions" VALUES('jdf_374b0efb9d37','Draft',1800000154.0,NULL);
INSERT INTO "definitions" VALUES('jdf_d4b63dc076a3','Halfway',1800000164.0,NULL);
CREATE TABLE example_responses (
	example_id VARCHAR NOT NULL, 
	labeler_id VARCHAR NOT NULL, 
	correct BOOLEAN NOT NULL, 
	at DOUBLE NOT NULL, 
	PRIMARY KEY (example_id, labeler_id), 
	FOREIGN KEY(example_id) REFERENCES examples (id) ON DELETE CASCADE, 
	FOREIGN KEY(labeler_id) REFERENCES labelers (id)
);
INSERT INTO "example_responses" VALUES('exm_0ac10a45ef21','sim_00005',1,1.8000000006663074494e+09);
INSERT INTO "example_responses" VALUES('exm_0ac10a45ef21','sim_00002',1,1.8000000010003840924e+09);
INSERT INTO "example_responses" VALUES('exm_a9a031fe16f5','sim_00005',1,1.80000000118289303786e+09);
INSERT INTO "example_responses" VALUES('exm_0ac10a45ef21','sim_00004',1,1.80000000126989936821e+09);
INSERT INTO "example_responses" VALUES('exm_0ac10a45ef21','sim_00000',1,1.80000000134494018552e+09);
INSERT INTO "example_responses" VALUES('exm_a9a031fe16f5','sim_00004',1,1.80000000169163036339e+09);
INSERT INTO "example_responses" VALUES('exm_a23c16ead088','sim_00005',1,1.80000000169947862622e+09);
INSERT INTO "example_responses" VALUES('exm_0ac10a45ef21','sim_00001',1,1.80000000173623061179e+09);
INSERT INTO "example_responses" VALUES('exm_a9a031fe16f5','sim_00002',1,1.80000000187569808964e+09);
INSERT INTO "example_responses" VALUES('exm_a9a031fe16f5','sim_00000',1,1.80000000197453069693e+09);
INSERT INTO "example_responses" VALUES('exm_a23c16ead088','sim_00004',1,1.80000000211336135856e+09);
INSERT INTO "example_responses" VALUES('exm_0ac10a45ef21','sim_00003',1,1.80000000214620423317e+09);
INSERT INTO "example_responses" VALUES('exm_a9a031fe16f5','sim_00001',1,1.8000000022295761108e+09);
INSERT INTO "example_responses" VALUES('exm_a23c16ead088','sim_00000',1,1.80000000260412120825e+09);
INSERT INTO "example_responses" VALUES('exm_a23c16ead088','sim_00001',1,1.80000000272292160988e+09);
INSERT INTO "example_responses" VALUES('exm_a23c16ead088','sim_00002',1,1.80000000275101208679e+09);
INSERT INTO "example_responses" VALUES('exm_a9a031fe16f5','sim_00003',1,1.80000000287364840517e+09);
INSERT INTO "example_responses" VALUES('exm_a23c16ead088','sim_00003',1,1.80000000360109257699e+09);
CREATE TABLE examples (
	id VARCHAR NOT NULL, 
	audience_id VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	body JSON NOT NULL, 
	correct_count INTEGER NOT NULL, 
	incorrect_count INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(audience_id) REFERENCES audiences (id) ON DELETE CASCADE
);
INSERT INTO "examples" VALUES('exm_a9a031fe16f5','aud_959c5778c7e4',0,'{"asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "clear answer 0"}, {"_t": "TextAssetInput", "text": "muddled answer 0"}]}, "payload": {"_t": "CompareExamplePayload", "criteria": "Which image follows the prompt more accurately?"}, "truth": {"_t": "CompareExampleTruth", "winnerId": "clear answer 0"}, "randomCorrectProbability": 0.5, "explanation": null, "context": null, "contextAsset": null, "featureFlags": null, "sortIndex": null, "isCommonSense": null, "flagIfIncorrect": null, "visibility": null}',6,0);
INSERT INTO "examples" VALUES('exm_0ac10a45ef21','aud_959c5778c7e4',1,'{"asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "clear answer 1"}, {"_t": "TextAssetInput", "text": "muddled answer 1"}]}, "payload": {"_t": "CompareExamplePayload", "criteria": "Which image follows the prompt more accurately?"}, "truth": {"_t": "CompareExampleTruth", "winnerId": "clear answer 1"}, "randomCorrectProbability": 0.5, "explanation": null, "context": null, "contextAsset": null, "featureFlags": null, "sortIndex": null, "isCommonSense": null, "flagIfIncorrect": null, "visibility": null}',6,0);
INSERT INTO "examples" VALUES('exm_a23c16ead088','aud_959c5778c7e4',2,'{"asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "clear answer 2"}, {"_t": "TextAssetInput", "text": "muddled answer 2"}]}, "payload": {"_t": "CompareExamplePayload", "criteria": "Which image follows the prompt more accurately?"}, "truth": {"_t": "CompareExampleTruth", "winnerId": "clear answer 2"}, "randomCorrectProbability": 0.5, "explanation": null, "context": null, "contextAsset": null, "featureFlags": null, "sortIndex": null, "isCommonSense": null, "flagIfIncorrect": null, "visibility": null}',6,0);
CREATE TABLE job_datapoints (
	job_id VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	datapoint_id VARCHAR NOT NULL, 
	settled BOOLEAN NOT NULL, 
	PRIMARY KEY (job_id, position), 
	FOREIGN KEY(job_id) REFERENCES jobs (id) ON DELETE CASCADE
);
INSERT INTO "job_datapoints" VALUES('job_4d5b4e217007',0,'dpt_aa3087696f6d',1);
INSERT INTO "job_datapoints" VALUES('job_4d5b4e217007',1,'dpt_8b4b8f87da9e',1);
INSERT INTO "job_datapoints" VALUES('job_4d5b4e217007',2,'dpt_cf4c62ac7708',1);
INSERT INTO "job_datapoints" VALUES('job_d0036b32acfd',0,'dpt_782b4036b12e',1);
INSERT INTO "job_datapoints" VALUES('job_925c07ba5646',0,'dpt_412a73d9f183',0);
INSERT INTO "job_datapoints" VALUES('job_925c07ba5646',1,'dpt_0f1597f59ac8',0);
INSERT INTO "job_datapoints" VALUES('job_925c07ba5646',2,'dpt_1bfa5395e3bc',0);
CREATE TABLE jobs (
	id VARCHAR NOT NULL, 
	name TEXT NOT NULL, 
	definition_id VARCHAR NOT NULL, 
	revision INTEGER NOT NULL, 
	audience_id VARCHAR NOT NULL, 
	pipeline_id VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	created_at DOUBLE NOT NULL, 
	completed_at DOUBLE, 
	running_since DOUBLE, 
	ran_for DOUBLE NOT NULL, 
	pace DOUBLE NOT NULL, 
	datapoint_count INTEGER NOT NULL, 
	settled_count INTEGER NOT NULL, 
	response_count INTEGER NOT NULL, 
	simulated_count INTEGER NOT NULL, 
	cost DOUBLE DEFAULT '0' NOT NULL, 
	preceding_job_id VARCHAR, 
	failed_at DOUBLE, 
	failure_message TEXT, 
	review_reason VARCHAR, 
	stale_at_end BOOLEAN, 
	deleted_at DOUBLE, 
	PRIMARY KEY (id)
);
INSERT INTO "jobs" VALUES('job_4d5b4e217007','Texts:1','jdf_8949517d6bbc',1,'global','ppl_222d9e9e17e3','Completed',1800000136.0,1.80000013737178611757e+09,NULL,1.3717861652110561188e+00,1.0,3,3,9,9,0.09,NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO "jobs" VALUES('job_d0036b32acfd','Pictures:1','jdf_fa1edd0297c7',1,'aud_959c5778c7e4','ppl_be812e6a7ab8','Completed',1800000154.0,1.8000001552749292851e+09,NULL,1.27492921293937477855e+00,1.0,1,1,2,2,0.02,NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO "jobs" VALUES('job_925c07ba5646','Halfway:1','jdf_d4b63dc076a3',1,'global','ppl_f93ed8a9dcaa','Paused',1800000180.0,NULL,NULL,0.5,1.0,3,0,0,0,0.0,NULL,NULL,NULL,NULL,0,NULL);
CREATE TABLE labelers (
	id VARCHAR NOT NULL, 
	simulated BOOLEAN NOT NULL, 
	country VARCHAR NOT NULL, 
	language VARCHAR NOT NULL, 
	age VARCHAR NOT NULL, 
	gender VARCHAR NOT NULL, 
	occupation VARCHAR NOT NULL, 
	device VARCHAR, 
	PRIMARY KEY (id)
);
INSERT INTO "labelers" VALUES('sim_00000',1,'MX','es','65+','Female','Self-employed','Phone');
INSERT INTO "labelers" VALUES('sim_00001',1,'ES','es','40-49','Male','Student','Phone');
INSERT INTO "labelers" VALUES('sim_00002',1,'ID','id','65+','Female','Student','Tablet');
INSERT INTO "labelers" VALUES('sim_00003',1,'MX','es','40-49','Male','Other','Phone');
INSERT INTO "labelers" VALUES('sim_00004',1,'IN','en','18-29','Male','Student','Tablet');
INSERT INTO "labelers" VALUES('sim_00005',1,'MX','es','40-49','Female','Employed','Phone');
INSERT INTO "labelers" VALUES('sim_00006',1,'DE','de','65+','Female','Employed','Phone');
INSERT INTO "labelers" VALUES('sim_00007',1,'FR','fr','65+','Male','Retired','Phone');
INSERT INTO "labelers" VALUES('sim_00008',1,'SE','sv','50-64','Male','Other','Phone');
INSERT INTO "labelers" VALUES('sim_00009',1,'DE','de','18-29','Female','Other','Phone');
INSERT INTO "labelers" VALUES('sim_00010',1,'US','en','18-29','Male','Other','Phone');
INSERT INTO "labelers" VALUES('sim_00011',1,'CO','es','30-39','Male','Student','Tablet');
INSERT INTO "labelers" VALUES('sim_00012',1,'RO','ro','18-29','Male','Retired','Phone');
INSERT INTO "labelers" VALUES('sim_00013',1,'MX','es','30-39','Female','Retired','Phone');
INSERT INTO "labelers" VALUES('sim_00014',1,'FR','fr','50-64','Male','Employed','Phone');
INSERT INTO "labelers" VALUES('sim_00015',1,'ES','es','40-49','Male','Other','Phone');
INSERT INTO "labelers" VALUES('sim_00016',1,'MA','ar','65+','Male','Self-employed','Phone');
INSERT INTO "labelers" VALUES('sim_00017',1,'MY','ms','40-49','Female','Employed','Phone');
INSERT INTO "labelers" VALUES('sim_00018',1,'IN','en','65+','Female','Employed','Phone');
INSERT INTO "labelers" VALUES('sim_00019',1,'MA','ar','50-64','Female','Self-employed','Phone');
INSERT INTO "labelers" VALUES('sim_00020',1,'PH','en','65+','Female','Student','Phone');
INSERT INTO "labelers" VALUES('sim_00021',1,'FR','fr','65+','Male','Employed','Unknown');
INSERT INTO "labelers" VALUES('sim_00022',1,'KE','en','65+','Female','Retired','Phone');
INSERT INTO "labelers" VALUES('sim_00023',1,'TR','tr','30-39','Female','Employed','Tablet');
CREATE TABLE ledger (
	id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	begun_at DOUBLE NOT NULL, 
	owner VARCHAR, 
	notes JSON NOT NULL, 
	settled_at DOUBLE, 
	made_id VARCHAR, 
	PRIMARY KEY (id)
);
INSERT INTO "ledger" VALUES(1,'5b1b885c6cd8a5cf652ea0bcb17e2ea624d1a7bb9f6c0f8f0a85230bee8f2e5f','audience',1800000000.0,NULL,'{}',1800000000.0,'aud_959c5778c7e4');
INSERT INTO "ledger" VALUES(2,'0bc633e682c6c9bc24aa4336d9616cf9209518c2bc9a52fc59ffd53d96cc9c09','audience',1800000120.0,NULL,'{}',1800000120.0,'aud_5eeb862e10e1');
INSERT INTO "ledger" VALUES(3,'0a55ebfe8bc8a023a102a4755f126315db51036bbf4f2d094c8be54df1a56f9a','definition',1800000120.0,NULL,'{"dataset_id": "dst_eb4a55da63a4"}',1800000120.0,'jdf_8949517d6bbc');
INSERT INTO "ledger" VALUES(4,'65e92539ea426859761d7481232bb4b69ef47abbfa697ac0d3a29238d0e75c3a','definition',1800000120.0,NULL,'{"dataset_id": "dst_0f683456cc33"}',1800000120.0,'jdf_fa1edd0297c7');
INSERT INTO "ledger" VALUES(5,'d180cc654ac815db75412243d8b580aafcf5832cbb1dc1b0f8907c3dd6583731','job',1800000136.0,NULL,'{}',1800000136.0,'job_4d5b4e217007');
INSERT INTO "ledger" VALUES(6,'99216c4d6c8d9c967b93caabf6f2fa3c85eda4a6f59fa640344e93aa7c7579c1','job',1800000154.0,NULL,'{}',1800000154.0,'job_d0036b32acfd');
INSERT INTO "ledger" VALUES(7,'9744e0113a286266affac58b429cc023b1afef1011f8daf815be53a18f71fe3d','definition',1800000154.0,NULL,'{"dataset_id": "dst_0b6a8db662ba"}',1800000154.0,'jdf_374b0efb9d37');
INSERT INTO "ledger" VALUES(8,'d155e9f0a60412e2ef2d7df0814d76cd86d489946829058b0d7b80785ebcb075','definition',1800000164.0,NULL,'{"dataset_id": "dst_a30f28b67bb4"}',1800000164.0,'jdf_d4b63dc076a3');
INSERT INTO "ledger" VALUES(9,'f0a800d06b91dde2034cce48f3ce36802f2fd7a42a7d47ea735861279bfa638c','job',1800000180.0,NULL,'{}',1800000180.0,'job_925c07ba5646');
CREATE TABLE preliminary_downloads (
	id VARCHAR NOT NULL, 
	job_id VARCHAR NOT NULL, 
	asked BOOLEAN NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(job_id) REFERENCES jobs (id) ON DELETE CASCADE
);
INSERT INTO "preliminary_downloads" VALUES('preliminary_downloads_id','job_4d5b4e217007',0);
CREATE TABLE quotes (
	id VARCHAR NOT NULL, 
	account VARCHAR NOT NULL, 
	job_definition_id VARCHAR NOT NULL, 
	revision INTEGER NOT NULL, 
	audience_id VARCHAR NOT NULL, 
	run_after VARCHAR NOT NULL, 
	repeat BOOLEAN NOT NULL, 
	estimate DOUBLE NOT NULL, 
	shortfall DOUBLE NOT NULL, 
	question TEXT NOT NULL, 
	expires_at DOUBLE NOT NULL, 
	state VARCHAR NOT NULL, 
	job_id VARCHAR, 
	PRIMARY KEY (id)
);
INSERT INTO "quotes" VALUES('quo_9e23ac7eb92e89444545d9c2','local','jdf_8949517d6bbc',1,'global','',0,0.09,0.0,'Start "Texts" on "Global", 3 pairs, about 9 responses at most, estimated at $0.09 (a few late responses can add to it) of a balance of $50.00? This is a rehearsal: its labelers are simulated, not people.',1800001030.0,'used','job_4d5b4e217007');
INSERT INTO "quotes" VALUES('quo_e4748690ae23a6083ff36d4f','local','jdf_fa1edd0297c7',1,'aud_959c5778c7e4','',0,0.02,0.0,'Start "Pictures" on "Readers", 1 pair, about 2 responses at most, estimated at $0.02 (a few late responses can add to it) of a balance of $49.91? This is a rehearsal: its labelers are simulated, not people.',1800001048.0,'used','job_d0036b32acfd');
INSERT INTO "quotes" VALUES('quo_1025f53c6ec1dafa26879156','local','jdf_374b0efb9d37',1,'global','',0,0.1,0.0,'Start "Draft" on "Global", 1 pair, about 10 responses at most, estimated at $0.10 (a few late responses can add to it) of a balance of $49.91? This is a rehearsal: its labelers are simulated, not people.',1800001064.0,'open',NULL);
INSERT INTO "quotes" VALUES('quo_90f927461fdcc8bec0f1a7ab','local','jdf_d4b63dc076a3',1,'global','',0,0.36,0.0,'Start "Halfway" on "Global", 3 pairs, about 36 responses at most, estimated at $0.36 (a few late responses can add to it) of a balance of $49.89? This is a rehearsal: its labelers are simulated, not people.',1800001074.0,'used','job_925c07ba5646');
CREATE TABLE responses (
	id INTEGER NOT NULL, 
	job_id VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	labeler_id VARCHAR NOT NULL, 
	choice INTEGER NOT NULL, 
	answer JSON, 
	user_score DOUBLE NOT NULL, 
	simulated BOOLEAN NOT NULL, 
	at DOUBLE NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(job_id) REFERENCES jobs (id) ON DELETE CASCADE, 
	FOREIGN KEY(labeler_id) REFERENCES labelers (id)
);
INSERT INTO "responses" VALUES(1,'job_4d5b4e217007',1,'sim_00001',1,NULL,0.6853,1,1.80000013647030067441e+09);
INSERT INTO "responses" VALUES(2,'job_4d5b4e217007',2,'sim_00004',0,NULL,0.8589,1,1.80000013664023208615e+09);
INSERT INTO "responses" VALUES(3,'job_4d5b4e217007',1,'sim_00005',1,NULL,0.8946,1,1.80000013666819596285e+09);
INSERT INTO "responses" VALUES(4,'job_4d5b4e217007',0,'sim_00003',0,NULL,0.6866,1,1.80000013682455754279e+09);
INSERT INTO "responses" VALUES(5,'job_4d5b4e217007',0,'sim_00001',0,NULL,0.6853,1,1.80000013690541076655e+09);
INSERT INTO "responses" VALUES(6,'job_4d5b4e217007',1,'sim_00004',1,NULL,0.8589,1,1.80000013698908615114e+09);
INSERT INTO "responses" VALUES(7,'job_4d5b4e217007',2,'sim_00000',0,NULL,0.9128,1,1.8000001370787615776e+09);
INSERT INTO "responses" VALUES(8,'job_4d5b4e217007',2,'sim_00005',0,NULL,0.8946,1,1.80000013708514499666e+09);
INSERT INTO "responses" VALUES(9,'job_4d5b4e217007',0,'sim_00002',0,NULL,0.8051,1,1.80000013737178611757e+09);
INSERT INTO "responses" VALUES(10,'job_d0036b32acfd',0,'sim_00004',0,NULL,0.6,1,1.8000001544223282337e+09);
INSERT INTO "responses" VALUES(11,'job_d0036b32acfd',0,'sim_00002',0,NULL,0.6,1,1.8000001552749292851e+09);
CREATE TABLE revisions (
	definition_id VARCHAR NOT NULL, 
	number INTEGER NOT NULL, 
	pipeline_id VARCHAR NOT NULL, 
	dataset_id VARCHAR NOT NULL, 
	workflow JSON NOT NULL, 
	referee JSON NOT NULL, 
	feature_flags JSON NOT NULL, 
	campaign_feature_flags JSON NOT NULL, 
	aggregator_type VARCHAR, 
	validation_set_id VARCHAR, 
	base_revision_number INTEGER, 
	created_at DOUBLE NOT NULL, 
	PRIMARY KEY (definition_id, number), 
	FOREIGN KEY(definition_id) REFERENCES definitions (id) ON DELETE CASCADE, 
	FOREIGN KEY(dataset_id) REFERENCES datasets (id)
);
INSERT INTO "revisions" VALUES('jdf_8949517d6bbc',1,'ppl_8a42faf848e4','dst_eb4a55da63a4','{"_t": "SimpleWorkflow", "rapid": {"_t": "Compare", "asset": {"segment": "asset"}, "criteria": {"literal": "Which reads better?", "segment": null, "language": null}, "indexIdentifiers": null, "context": null, "contextAssets": null}, "batchSize": null, "featureFlags": null}','{"_t": "NaiveReferee", "totalVotes": 3}','[]','[]',NULL,NULL,NULL,1800000120.0);
INSERT INTO "revisions" VALUES('jdf_fa1edd0297c7',1,'ppl_c88c7935144f','dst_0f683456cc33','{"_t": "SimpleWorkflow", "rapid": {"_t": "Compare", "asset": {"segment": "asset"}, "criteria": {"literal": "Which is nicer?", "segment": null, "language": null}, "indexIdentifiers": null, "context": null, "contextAssets": null}, "batchSize": null, "featureFlags": null}','{"_t": "NaiveReferee", "totalVotes": 2}','[]','[]',NULL,NULL,NULL,1800000120.0);
INSERT INTO "revisions" VALUES('jdf_374b0efb9d37',1,'ppl_b53daa95ed20','dst_0b6a8db662ba','{"_t": "SimpleWorkflow", "rapid": {"_t": "Compare", "asset": {"segment": "asset"}, "criteria": {"literal": "Which is longer?", "segment": null, "language": null}, "indexIdentifiers": null, "context": null, "contextAssets": null}, "batchSize": null, "featureFlags": null}','{"_t": "NaiveReferee", "totalVotes": 10}','[]','[]',NULL,NULL,NULL,1800000154.0);
INSERT INTO "revisions" VALUES('jdf_d4b63dc076a3',1,'ppl_f272afb2645b','dst_a30f28b67bb4','{"_t": "SimpleWorkflow", "rapid": {"_t": "Compare", "asset": {"segment": "asset"}, "criteria": {"literal": "Which is clearer?", "segment": null, "language": null}, "indexIdentifiers": null, "context": null, "contextAssets": null}, "batchSize": null, "featureFlags": null}','{"_t": "NaiveReferee", "totalVotes": 12}','[]','[]',NULL,NULL,NULL,1800000164.0);
CREATE TABLE spends (
	"key" VARCHAR NOT NULL, 
	account VARCHAR NOT NULL, 
	day VARCHAR NOT NULL, 
	estimate DOUBLE NOT NULL, 
	job_id VARCHAR, 
	PRIMARY KEY ("key")
);
INSERT INTO "spends" VALUES('start 5','local','2027-01-15',0.09,'job_4d5b4e217007');
INSERT INTO "spends" VALUES('start 6','local','2027-01-15',0.02,'job_d0036b32acfd');
INSERT INTO "spends" VALUES('start 9','local','2027-01-15',0.36,'job_925c07ba5646');
CREATE TABLE uploads (
	account VARCHAR NOT NULL, 
	source TEXT NOT NULL, 
	file_name VARCHAR NOT NULL, 
	PRIMARY KEY (account, source)
);
INSERT INTO "uploads" VALUES('local','https://assets.rapidata.ai/flux_sign_diffusion.jpg','a4a6e34c-0fd7-4c65-b36f-a85b7db7175e.jpg');
INSERT INTO "uploads" VALUES('local','https://assets.rapidata.ai/mj_sign_diffusion.jpg','5c6c19ba-7350-413b-b899-05625ecc4dda.jpg');
CREATE INDEX ix_batch_uploads_correlation_id ON batch_uploads (correlation_id);
CREATE INDEX ix_jobs_pipeline_id ON jobs (pipeline_id);
CREATE INDEX examples_by_audience ON examples (audience_id, position);
CREATE INDEX candidates_due ON candidates (audience_id, next_due);
CREATE INDEX datapoints_in_order ON datapoints (dataset_id, sort_index, arrived_at);
CREATE INDEX job_datapoints_open ON job_datapoints (job_id, settled, position);
CREATE UNIQUE INDEX one_response_each ON responses (job_id, position, labeler_id);
CREATE INDEX ix_ledger_key ON ledger ("key");
CREATE INDEX ix_spends_job_id ON spends (job_id);
CREATE INDEX ix_spends_day ON spends (day);
COMMIT;
